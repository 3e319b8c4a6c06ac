// A proof of one document (engine/audit/proof_bundle.h): `daybook proof` makes it, `daybook verify
// FILE` checks it.
#pragma once

#include "api/cli/command.h"

#include <string>

namespace daybook::api {

void add_proof(Command& program, int& exit_code);

// Whether the file looks like one at all; what cannot be read does not.
bool is_bundle(const std::string& path);

// `key`: base64 of the signer's, or empty for whoever signed. Returns the exit code.
int verify_bundle(const std::string& path, const std::string& key, bool json);

} // namespace daybook::api
