// A proof of one document (engine/audit/proof_bundle.h): `daybook proof` makes it, `daybook verify
// FILE` checks it.
#pragma once

#include "api/cli/command.h"
#include "engine/log/checkpoint.h"

#include <string>
#include <vector>

namespace daybook::api {

void add_proof(Command& program, int& exit_code);

// Whether the file looks like one at all; what cannot be read does not.
bool is_bundle(const std::string& path);

// What somebody knows who holds a file that is to be verified.
struct Trusted {
    std::string key;                      // As a text, of the signer; empty: whoever signed.
    std::vector<std::string> checkpoints; // Paths of heads that were kept elsewhere.
};

// Whether the file was signed by whom is trusted. Prints why not, and sets the exit code.
bool is_signer(const std::string& path, const Trusted& trusted, const log::PublicKey& key,
               bool json, int& exit_code);

// Returns the exit code.
int verify_bundle(const std::string& path, const Trusted& trusted, bool json);

} // namespace daybook::api
