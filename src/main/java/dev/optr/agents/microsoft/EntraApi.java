package dev.optr.agents.microsoft;

import dev.optr.agents.HttpReply;
import feign.Headers;
import feign.Param;
import feign.RequestLine;

/** Microsoft's identity platform (learn.microsoft.com, "OAuth 2.0 client credentials flow"). */
interface EntraApi {
  @RequestLine("POST /{tenant}/oauth2/v2.0/token")
  @Headers({"Content-Type: application/x-www-form-urlencoded", "Accept: application/json"})
  HttpReply token(@Param("tenant") String tenant, String form);
}
