package dev.optr.agents.anthropic;

import dev.optr.agents.HttpReply;
import feign.HeaderMap;
import feign.Headers;
import feign.RequestLine;
import java.util.Map;

/** The Messages API in its version of 2026-10-21 (platform.claude.com, API reference). */
interface AnthropicApi {
  @RequestLine("POST /v1/messages")
  @Headers({
    "Content-Type: application/json",
    "Accept: application/json",
    "anthropic-version: 2026-10-21"
  })
  HttpReply create(@HeaderMap Map<String, Object> headers, String body);
}
