// An empty installation in the system's directory for temporary files, which goes with it: where a
// backup becomes books again for whoever has nothing but the file.
#pragma once

#include "api/application.h"

namespace daybook::api {

class PracticeBooks {
  public:
    static Result<std::unique_ptr<PracticeBooks>> open();
    ~PracticeBooks();
    PracticeBooks(const PracticeBooks&) = delete;
    PracticeBooks& operator=(const PracticeBooks&) = delete;

    Application& application() { return *application_; }
    // Where books may be filled; nobody has made it yet.
    std::string inside() const { return place_ + "/inside"; }

  private:
    explicit PracticeBooks(std::string place) : place_(std::move(place)) {}

    std::string place_;
    std::unique_ptr<Application> application_;
};

} // namespace daybook::api
