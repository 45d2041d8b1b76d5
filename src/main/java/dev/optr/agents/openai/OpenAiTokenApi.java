package dev.optr.agents.openai;

import dev.optr.agents.HttpReply;
import feign.Headers;
import feign.RequestLine;

/** Exchanges an identity for an access token (RFC 8693; "Workload identity federation"). */
interface OpenAiTokenApi {
  @RequestLine("POST /oauth/token")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  HttpReply exchange(String body);
}
