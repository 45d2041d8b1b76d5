package dev.optr.agents.openai;

import dev.optr.agents.HttpReply;
import feign.HeaderMap;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import java.util.Map;

/** The Responses API (developers.openai.com, API reference, "Responses"). */
interface OpenAiApi {
  @RequestLine("POST /responses")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  HttpReply create(@HeaderMap Map<String, Object> headers, String body);

  @RequestLine("GET /responses/{id}?include[]=reasoning.encrypted_content")
  @Headers("Accept: application/json")
  HttpReply retrieve(@HeaderMap Map<String, Object> headers, @Param("id") String id);

  @RequestLine("POST /responses/{id}/cancel")
  @Headers("Accept: application/json")
  HttpReply cancel(@HeaderMap Map<String, Object> headers, @Param("id") String id);
}
