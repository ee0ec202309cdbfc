// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The contract of `cordon check --format json`: what json.cpp writes, and nothing is written that is not
// here.
//
// Additive within version 1: a key that is here stays here. Later keys are ignored by readers that do not
// know them, so the schema lets them be.

#include "compiler/report/formats.h"

namespace cordon::report {
namespace {

constexpr std::string_view head = R"({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://cordon.invalid/schema/cordon.check-1.json",
  "title": "One run of cordon check",
  "description": "Minor versions of the format only add keys; readers ignore those that they do not know.",
  "type": "object",
  "required": ["format", "format_version", "tool", "as_of", "profile", "checks", "findings", "summary"],
  "properties": {
    "format": {"const": "cordon.check"},
    "format_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
    "tool": {
      "type": "object",
      "required": ["name", "version"],
      "properties": {"name": {"const": "cordon"}, "version": {"type": "string"}}
    },
    "as_of": {"description": "The day that dates were compared with.", "type": "string", "format": "date"},
    "profile": {"enum": ["basic", "hospital", "auditor"]},
    "checks": {
      "description": "The checks that were made.",
      "type": "array",
      "items": {"$ref": "#/definitions/code"}
    },
    "findings": {"description": "By place.", "type": "array", "items": {"$ref": "#/definitions/finding"}},
    "summary": {
      "type": "object",
      "required": ["errors", "warnings", "notes", "waived", "baseline", "fails", "policy"],
      "properties": {
        "errors": {"description": "Open ones, like warnings and notes.", "$ref": "#/definitions/count"},
        "warnings": {"$ref": "#/definitions/count"},
        "notes": {"$ref": "#/definitions/count"},
        "waived": {"$ref": "#/definitions/count"},
        "baseline": {"$ref": "#/definitions/count"},
        "fails": {"description": "Some open finding is as severe as --fail-on.", "type": "boolean"},
        "policy": {
          "description": "What the policy holds; null where it does not load.",
          "type": ["object", "null"],
          "required": ["zones", "networks", "hosts", "conduits", "flows", "devices"],
          "properties": {
            "zones": {"$ref": "#/definitions/count"},
            "networks": {"$ref": "#/definitions/count"},
            "hosts": {"$ref": "#/definitions/count"},
            "conduits": {"$ref": "#/definitions/count"},
            "flows": {"$ref": "#/definitions/count"},
            "devices": {"$ref": "#/definitions/count"}
          }
        }
      }
    }
  },
)";

constexpr std::string_view definitions = R"(  "definitions": {
    "code": {"type": "string", "pattern": "^CD[0-9]{4}$"},
    "count": {"type": "integer", "minimum": 0},
    "text_list": {"type": "array", "items": {"type": "string"}},
    "position": {
      "description": "Both count from one; columns count characters.",
      "type": "object",
      "required": ["line", "column"],
      "properties": {
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1}
      }
    },
    "region": {
      "description": "The end is one past the last character.",
      "type": "object",
      "required": ["path", "start", "end"],
      "properties": {
        "path": {"description": "Relative to the project; modules of the library begin with library:", "type": "string"},
        "start": {"$ref": "#/definitions/position"},
        "end": {"$ref": "#/definitions/position"},
        "message": {"description": "What is to be seen there.", "type": "string"}
      }
    },
    "cube": {
      "description": "Every address of from, to every address of to, by every service. One family each.",
      "type": "object",
      "required": ["from", "to", "services"],
      "properties": {
        "from": {"$ref": "#/definitions/text_list"},
        "to": {"$ref": "#/definitions/text_list"},
        "services": {"$ref": "#/definitions/text_list"}
      }
    },
    "port": {"type": ["integer", "null"], "minimum": 0, "maximum": 65535},
    "hop": {
      "type": "object",
      "required": ["from", "to", "services", "conduit", "region"],
      "properties": {
        "from": {"type": "string"},
        "to": {"type": "string"},
        "services": {"type": "string"},
        "conduit": {"type": "string"},
        "region": {"anyOf": [{"$ref": "#/definitions/region"}, {"type": "null"}]}
      }
    },
)";

constexpr std::string_view finding = R"(    "finding": {
      "type": "object",
      "required": ["code", "slug", "severity", "message", "regions", "related", "notes", "helps", "status", "waiver",
                   "element", "traffic", "example", "path", "controls", "fingerprint", "docs"],
      "properties": {
        "code": {"$ref": "#/definitions/code"},
        "slug": {"type": "string"},
        "severity": {"enum": ["error", "warning", "note"]},
        "message": {"type": "string"},
        "regions": {
          "description": "Where to look; empty where no file is meant.",
          "type": "array",
          "items": {"$ref": "#/definitions/region"}
        },
        "related": {"type": "array", "items": {"$ref": "#/definitions/region"}},
        "notes": {"description": "Facts.", "$ref": "#/definitions/text_list"},
        "helps": {"description": "Ways out.", "$ref": "#/definitions/text_list"},
        "status": {"description": "Only open findings fail a run.", "enum": ["open", "waived", "baseline"]},
        "waiver": {
          "description": "That covers the finding. A text that it does not state is empty.",
          "type": ["object", "null"],
          "required": ["id", "reason", "owner", "approved_by", "ticket", "expires"],
          "properties": {
            "id": {"type": "string"},
            "reason": {"type": "string"},
            "owner": {"type": "string"},
            "approved_by": {"type": "string"},
            "ticket": {"type": "string"},
            "expires": {"type": "string"}
          }
        },
        "element": {"description": "What it is about: conduit:telemetry, zone:guest.", "type": ["string", "null"]},
        "traffic": {
          "description": "Exactly which connections; empty where none are meant.",
          "type": "object",
          "required": ["text", "cubes"],
          "properties": {
            "text": {"description": "By names, for people; long ones are cut.", "type": "string"},
            "cubes": {"type": "array", "items": {"$ref": "#/definitions/cube"}}
          }
        },
        "example": {
          "description": "One packet of the traffic.",
          "type": ["object", "null"],
          "required": ["text", "protocol", "from", "from_port", "to", "to_port"],
          "properties": {
            "text": {"type": "string"},
            "protocol": {"type": "string"},
            "from": {"type": "string"},
            "from_port": {"$ref": "#/definitions/port"},
            "to": {"type": "string"},
            "to_port": {"$ref": "#/definitions/port"}
          }
        },
        "path": {
          "description": "The way through the zones, step by step.",
          "type": "array",
          "items": {"$ref": "#/definitions/hop"}
        },
        "controls": {
          "type": "array",
          "items": {
            "type": "object",
            "required": ["catalogue", "control", "title"],
            "properties": {
              "catalogue": {"type": "string"},
              "control": {"type": "string"},
              "title": {"type": "string"}
            }
          }
        },
        "fingerprint": {
          "description": "Unique within a run, and the same as long as code, element and traffic are.",
          "type": "string"
        },
        "docs": {"description": "The command that explains the code.", "type": "string"}
      }
    }
  }
}
)";

}  // namespace

std::string check_schema() { return std::string(head) + std::string(definitions) + std::string(finding); }

}  // namespace cordon::report
