package dev.optr.agents.copilot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.agents.Retries;
import dev.optr.base.Digest;

/**
 * One request, ready to be sent.
 *
 * @param line method and path, for the transcript
 * @param body what is sent; empty where nothing is
 */
record GitHubRequest(String line, String body, Retries.Call call) {
  String bodySha256() {
    return Digest.sha256(body.getBytes(UTF_8));
  }
}
