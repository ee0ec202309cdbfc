# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0

# What `cmake --install` lays out, and the Debian package and tarball made from it.
include(GNUInstallDirs)

# The schema and the completion scripts are printed by the program itself, so they cannot fall behind it.
set(generated ${PROJECT_BINARY_DIR}/generated)
set(schema ${generated}/cordon.schema.json ${generated}/cordon.check-1.schema.json)
set(completions ${generated}/cordon.bash ${generated}/_cordon ${generated}/cordon.fish)
set(print ${CMAKE_COMMAND} -E env --unset=CORDON_LIBRARY $<TARGET_FILE:cordon>)
add_custom_command(
  OUTPUT ${schema} ${completions}
  COMMAND ${CMAKE_COMMAND} -E make_directory ${generated}
  COMMAND ${print} schema > ${generated}/cordon.schema.json
  COMMAND ${print} schema --of check > ${generated}/cordon.check-1.schema.json
  COMMAND ${print} completion bash > ${generated}/cordon.bash
  COMMAND ${print} completion zsh > ${generated}/_cordon
  COMMAND ${print} completion fish > ${generated}/cordon.fish
  DEPENDS cordon
  VERBATIM)
# Nobody installs a build with sanitizers.
if(NOT CORDON_SANITIZE)
  add_custom_target(printed_files ALL DEPENDS ${schema} ${completions})
endif()

install(TARGETS cordon RUNTIME)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/policies/ DESTINATION ${CMAKE_INSTALL_DATADIR}/cordon/policies)
install(FILES ${schema} DESTINATION ${CMAKE_INSTALL_DATADIR}/cordon/schema)
install(FILES ${PROJECT_SOURCE_DIR}/compiler/cli/cordon.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${generated}/cordon.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME cordon)
install(FILES ${generated}/_cordon DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${generated}/cordon.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES ${PROJECT_SOURCE_DIR}/CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME cordon)
set(CPACK_PACKAGE_VENDOR "The Cordon authors")
set(CPACK_PACKAGE_CONTACT "The Cordon authors <authors@cordon.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "Compiler for network segmentation policy\n Declares zones and conduits in the sense of IEC 62443 and writes the configuration\n of firewalls and switches that permits exactly that, or refuses.")
include(CPack)
