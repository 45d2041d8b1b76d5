package dev.optr.agents.openai;

import dev.optr.agents.HttpReply;
import feign.HeaderMap;
import feign.Headers;
import feign.RequestLine;
import java.util.Map;

/** The Responses API (developers.openai.com, API reference, "Create a model response"). */
interface OpenAiApi {
  @RequestLine("POST /responses")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  HttpReply create(@HeaderMap Map<String, Object> headers, String body);
}
