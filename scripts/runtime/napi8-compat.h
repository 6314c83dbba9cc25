/*
 * Lets better-sqlite3 13 (written for Node-API 10) run on Node-API 8 and 9, where a reference can only hold an object:
 * a primitive is put into a one-field object while it is referenced. Forced into every file of the build.
 */
#pragma once
#undef NAPI_VERSION
#define NAPI_VERSION 8
#include <node_api.h>
#include <mutex>
#include <unordered_set>

namespace napi8_compat {
inline std::mutex &guard() { static std::mutex value; return value; }
inline std::unordered_set<napi_ref> &boxed() { static std::unordered_set<napi_ref> value; return value; }

inline napi_status create_reference(napi_env env, napi_value value, uint32_t count, napi_ref *result) {
  napi_valuetype type;
  napi_status status = napi_typeof(env, value, &type);
  if (status != napi_ok) return status;
  if (type == napi_object || type == napi_function || type == napi_external) return napi_create_reference(env, value, count, result);
  napi_value box;
  if ((status = napi_create_object(env, &box)) != napi_ok) return status;
  if ((status = napi_set_named_property(env, box, "value", value)) != napi_ok) return status;
  if ((status = napi_create_reference(env, box, count, result)) != napi_ok) return status;
  std::lock_guard<std::mutex> lock(guard());
  boxed().insert(*result);
  return napi_ok;
}

inline napi_status get_reference_value(napi_env env, napi_ref reference, napi_value *result) {
  napi_status status = napi_get_reference_value(env, reference, result);
  if (status != napi_ok || *result == nullptr) return status;
  std::lock_guard<std::mutex> lock(guard());
  return boxed().count(reference) == 0 ? napi_ok : napi_get_named_property(env, *result, "value", result);
}

inline napi_status delete_reference(napi_env env, napi_ref reference) {
  {
    std::lock_guard<std::mutex> lock(guard());
    boxed().erase(reference);
  }
  return napi_delete_reference(env, reference);
}
}  // namespace napi8_compat

#define napi_create_reference napi8_compat::create_reference
#define napi_get_reference_value napi8_compat::get_reference_value
#define napi_delete_reference napi8_compat::delete_reference
