package dev.optr.agents.microsoft;

import dev.optr.agents.HttpReply;
import feign.HeaderMap;
import feign.Headers;
import feign.RequestLine;
import java.util.Map;

/** The Responses API of a Foundry project (learn.microsoft.com, "Responses API" of Foundry). */
interface FoundryApi {
  @RequestLine("POST /openai/v1/responses")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  HttpReply create(@HeaderMap Map<String, Object> headers, String body);
}
