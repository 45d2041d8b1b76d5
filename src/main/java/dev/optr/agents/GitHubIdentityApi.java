package dev.optr.agents;

import feign.HeaderMap;
import feign.RequestLine;
import java.net.URI;
import java.util.Map;

/** The runner's endpoint for identity tokens (docs.github.com, "OpenID Connect reference"). */
interface GitHubIdentityApi {
  @RequestLine("GET")
  HttpReply token(URI url, @HeaderMap Map<String, Object> headers);
}
