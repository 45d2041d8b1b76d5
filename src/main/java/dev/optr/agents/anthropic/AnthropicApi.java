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

  /** Exchanges an identity token for an access token (RFC 7523, section 2.1). */
  @RequestLine("POST /v1/oauth/token")
  @Headers({
    "Content-Type: application/json",
    "Accept: application/json",
    "anthropic-beta: oauth-2025-04-20,oidc-federation-2026-04-01"
  })
  HttpReply exchange(String body);
}
