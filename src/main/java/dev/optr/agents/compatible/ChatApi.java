package dev.optr.agents.compatible;

import dev.optr.agents.HttpReply;
import feign.HeaderMap;
import feign.Headers;
import feign.RequestLine;
import java.util.Map;

/** Chat completions (developers.openai.com, API reference, "Create chat completion"). */
interface ChatApi {
  @RequestLine("POST /chat/completions")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  HttpReply create(@HeaderMap Map<String, Object> headers, String body);
}
