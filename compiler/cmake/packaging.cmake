# Copyright The Cordon authors
# SPDX-License-Identifier: Apache-2.0
