// SHA-256, piece by piece: for what is hashed while it streams past.
//
// OpenSSL 3 looks an algorithm up by name through locks; a digest that keeps its algorithm and its
// context costs half as much for a record of a few hundred bytes.
#pragma once

#include "events/identifiers.h"

#include <memory>
#include <string_view>

using EVP_MD = struct evp_md_st;
using EVP_MD_CTX = struct evp_md_ctx_st;

namespace daybook::log {

class Sha256 {
  public:
    Sha256(); // Begun.

    void begin(); // Forgets what was added.
    void add(std::string_view bytes);
    // Of everything added since it was begun. Afterwards more can be added, or begin() forgets.
    Hash so_far() const;
    // The same; begin() before adding more.
    Hash end();

  private:
    struct Free {
        void operator()(EVP_MD* algorithm) const;
        void operator()(EVP_MD_CTX* context) const;
    };
    std::unique_ptr<EVP_MD, Free> algorithm_;
    std::unique_ptr<EVP_MD_CTX, Free> context_;
};

} // namespace daybook::log
