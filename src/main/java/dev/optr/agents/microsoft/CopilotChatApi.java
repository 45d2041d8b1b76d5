package dev.optr.agents.microsoft;

import dev.optr.agents.HttpReply;
import feign.HeaderMap;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import java.util.Map;

/**
 * The chat API that Graph and Work IQ share (learn.microsoft.com, "Microsoft 365 Copilot APIs").
 */
interface CopilotChatApi {
  @RequestLine("POST /conversations")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  HttpReply create(@HeaderMap Map<String, Object> headers, String body);

  @RequestLine("POST /conversations/{conversation}/chat")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  HttpReply chat(
      @HeaderMap Map<String, Object> headers,
      @Param("conversation") String conversation,
      String body);
}
