#include "engine/custody/time_stamp.h"

#include "engine/log/merkle.h"
#include "events/base/check.h"

#include <ctime>
#include <memory>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>

namespace daybook::custody {
namespace {

template <auto Function>
struct FreedBy {
    void operator()(auto* pointer) const { Function(pointer); }
};
using Query = std::unique_ptr<TS_REQ, FreedBy<&TS_REQ_free>>;
using Answer = std::unique_ptr<TS_RESP, FreedBy<&TS_RESP_free>>;
using Imprint = std::unique_ptr<TS_MSG_IMPRINT, FreedBy<&TS_MSG_IMPRINT_free>>;
using Algorithm = std::unique_ptr<X509_ALGOR, FreedBy<&X509_ALGOR_free>>;
using Integer = std::unique_ptr<ASN1_INTEGER, FreedBy<&ASN1_INTEGER_free>>;
using Number = std::unique_ptr<BIGNUM, FreedBy<&BN_free>>;
using Judge = std::unique_ptr<TS_VERIFY_CTX, FreedBy<&TS_VERIFY_CTX_free>>;
using Store = std::unique_ptr<X509_STORE, FreedBy<&X509_STORE_free>>;
using Certificate = std::unique_ptr<X509, FreedBy<&X509_free>>;
using Bio = std::unique_ptr<BIO, FreedBy<&BIO_free>>;

// The oldest word of OpenSSL about what went wrong; its queue is empty afterwards.
std::string reason() {
    const unsigned long code = ERR_get_error();
    const char* const words = code == 0 ? nullptr : ERR_reason_error_string(code);
    ERR_clear_error();
    return words ? words : "no reason is given";
}

Integer integer_of(const Nonce& nonce) {
    const Number number(BN_bin2bn(nonce.data(), static_cast<int>(nonce.size()), nullptr));
    Integer integer(BN_to_ASN1_INTEGER(number.get(), nullptr));
    CHECK(integer != nullptr, "memory for a nonce");
    return integer;
}

Query query_of(std::string_view text, const Nonce* nonce) {
    Hash hash = log::sha256(text);
    Query query(TS_REQ_new());
    const Imprint imprint(TS_MSG_IMPRINT_new());
    const Algorithm algorithm(X509_ALGOR_new());
    CHECK(query && imprint && algorithm
              && X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr)
              && TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get())
              && TS_MSG_IMPRINT_set_msg(imprint.get(), hash.bytes.data(),
                                        static_cast<int>(hash.bytes.size()))
              && TS_REQ_set_version(query.get(), 1)
              && TS_REQ_set_msg_imprint(query.get(), imprint.get())
              && TS_REQ_set_cert_req(query.get(), 1)
              && (!nonce || TS_REQ_set_nonce(query.get(), integer_of(*nonce).get())),
          "OpenSSL writes a query for a time stamp");
    return query;
}

// An answer that grants a stamp.
Result<Answer> parse(std::string_view bytes) {
    const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
    const auto* const end = at + bytes.size();
    Answer answer(d2i_TS_RESP(nullptr, &at, static_cast<long>(bytes.size())));
    if (!answer || at != end)
        return fail(ErrorKind::invalid, "no time stamp: " + reason());
    const TS_STATUS_INFO* const info = TS_RESP_get_status_info(answer.get());
    const long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info));
    if (status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS)
        return answer;
    std::string words = "the authority refused";
    const auto* const texts = TS_STATUS_INFO_get0_text(info);
    for (int i = 0; i < sk_ASN1_UTF8STRING_num(texts); ++i) {
        const ASN1_UTF8STRING* const text = sk_ASN1_UTF8STRING_value(texts, i);
        words += (i == 0 ? ": " : "; ")
                 + std::string(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                               static_cast<std::size_t>(ASN1_STRING_length(text)));
    }
    return fail(ErrorKind::invalid, std::move(words));
}

Result<TimeStamp> told_by(TS_RESP* answer) {
    const TS_TST_INFO* const info = TS_RESP_get_tst_info(answer);
    std::tm time{};
    if (!info || ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &time) != 1)
        return fail(ErrorKind::corrupt, "the time stamp names no time");
    const Number serial(ASN1_INTEGER_to_BN(TS_TST_INFO_get_serial(info), nullptr));
    const std::unique_ptr<char, void (*)(char*)> digits(BN_bn2hex(serial.get()),
                                                        [](char* text) { OPENSSL_free(text); });
    CHECK(digits != nullptr, "memory for a serial number");
    return TimeStamp{{static_cast<std::int64_t>(::timegm(&time)) * 1'000'000}, digits.get()};
}

// Compares with what would be asked about that text; `trusted`: and looks at who signed.
Result<TimeStamp> judge(TS_RESP* answer, std::string_view text, const Nonce* nonce, Store trusted) {
    const Query query = query_of(text, nonce);
    const Judge judge(TS_REQ_to_TS_VERIFY_CTX(query.get(), nullptr));
    CHECK(judge != nullptr, "memory to compare a time stamp");
    TimeStamp stamp = TRY(told_by(answer));
    if (trusted) {
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(trusted.get()),
                                   stamp.at.micros / 1'000'000);
        TS_VERIFY_CTX_add_flags(judge.get(), TS_VFY_SIGNATURE);
        TS_VERIFY_CTX_set_store(judge.get(), trusted.release()); // It is the judge's now.
    }
    if (TS_RESP_verify_response(judge.get(), answer) == 1)
        return stamp;
    return fail(ErrorKind::corrupt, "the time stamp does not fit: " + reason());
}

Result<Store> store_of(std::string_view pem) {
    Store store(X509_STORE_new());
    const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    CHECK(store && bio, "memory for certificates");
    int count = 0;
    while (const Certificate certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)})
        count += X509_STORE_add_cert(store.get(), certificate.get());
    ERR_clear_error(); // The end of the text is one.
    if (count == 0)
        return fail(ErrorKind::invalid, "no certificate in PEM form");
    return store;
}

} // namespace

std::string time_stamp_query(std::string_view text, const Nonce& nonce) {
    const Query query = query_of(text, &nonce);
    unsigned char* bytes = nullptr;
    const int size = i2d_TS_REQ(query.get(), &bytes);
    CHECK(size > 0, "a query for a time stamp can be written");
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

Result<TimeStamp> read_time_stamp(std::string_view answer, std::string_view text,
                                  const Nonce* nonce) {
    const Answer parsed = TRY(parse(answer));
    return judge(parsed.get(), text, nonce, nullptr);
}

Result<TimeStamp> verify_time_stamp(std::string_view answer, std::string_view text,
                                    std::string_view trusted) {
    const Answer parsed = TRY(parse(answer));
    Store store = TRY(store_of(trusted));
    return judge(parsed.get(), text, nullptr, std::move(store));
}

} // namespace daybook::custody
