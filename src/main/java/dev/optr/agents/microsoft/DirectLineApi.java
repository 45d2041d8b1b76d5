package dev.optr.agents.microsoft;

import dev.optr.agents.HttpReply;
import feign.HeaderMap;
import feign.Headers;
import feign.Param;
import feign.RequestLine;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Direct Line 3.0 (learn.microsoft.com, "Direct Line API 3.0 reference"). */
interface DirectLineApi {
  @RequestLine("POST /v3/directline/tokens/generate")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  HttpReply generate(@HeaderMap Map<String, Object> headers, String body);

  @RequestLine("POST /v3/directline/tokens/refresh")
  @Headers({"Content-Length: 0", "Accept: application/json"})
  HttpReply refresh(@HeaderMap Map<String, Object> headers);

  @RequestLine("POST /v3/directline/conversations")
  @Headers({"Content-Length: 0", "Accept: application/json"})
  HttpReply start(@HeaderMap Map<String, Object> headers);

  /** Gives a new token for a conversation that goes on. */
  @RequestLine("GET /v3/directline/conversations/{conversation}?watermark={watermark}")
  @Headers("Accept: application/json")
  HttpReply reconnect(
      @HeaderMap Map<String, Object> headers,
      @Param("conversation") String conversation,
      @Param("watermark") @Nullable String watermark);

  @RequestLine("POST /v3/directline/conversations/{conversation}/activities")
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  HttpReply send(
      @HeaderMap Map<String, Object> headers,
      @Param("conversation") String conversation,
      String body);

  /**
   * @param watermark as the service gave it; null = from the beginning
   */
  @RequestLine("GET /v3/directline/conversations/{conversation}/activities?watermark={watermark}")
  @Headers("Accept: application/json")
  HttpReply activities(
      @HeaderMap Map<String, Object> headers,
      @Param("conversation") String conversation,
      @Param("watermark") @Nullable String watermark);
}
