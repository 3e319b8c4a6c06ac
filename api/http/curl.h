// What libcurl hands out, freed with its owner.
#pragma once

#include <curl/curl.h>
#include <memory>

namespace daybook::api {

struct EndCurl {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlHandle = std::unique_ptr<CURL, EndCurl>;
using CurlList = std::unique_ptr<curl_slist, EndCurl>;

} // namespace daybook::api
