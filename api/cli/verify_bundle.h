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

// Whether the file, signed by that key over that head, is what is trusted. Prints why not, and sets
// the exit code. A head of another book, or of another size, tells nothing.
bool fits(const std::string& path, const Trusted& trusted, const log::PublicKey& key,
          const log::Checkpoint& head, int& exit_code);

// Returns the exit code.
int verify_bundle(const std::string& path, const Trusted& trusted, bool json);

} // namespace daybook::api
