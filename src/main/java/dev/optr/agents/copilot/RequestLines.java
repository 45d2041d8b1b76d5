package dev.optr.agents.copilot;

import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneLog;
import dev.optr.agents.ProviderFailure;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.WireJson;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.Redactor;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sends a lane's requests and writes each down as one line of its transcript: what was asked, the
 * digest of what was sent, status and GitHub's id of the request. Looks that bring nothing new are
 * one line, and counted. Of answers only an error's words are kept; what the lane reads in the
 * others it writes down itself.
 */
final class RequestLines {
  private final Redactor redactor;
  private final LaneLog log;

  /**
   * @param redactor of the lane's token, for what GitHub says in its errors
   */
  RequestLines(Redactor redactor, LaneLog log) {
    this.redactor = redactor;
    this.log = log;
  }

  /**
   * @param news whether the answer is worth a line of its own
   */
  HttpReply send(GitHubRequest request, Predicate<HttpReply> news)
      throws IOException, InterruptedException {
    log.asked();
    try {
      HttpReply reply = ProviderHttp.send(request.call());
      answered(request, reply, news.test(reply));
      return reply;
    } catch (IOException cut) {
      log.line(line(request).put("status", Json.NULL).put("cut", name(cut)).build());
      throw cut;
    } finally {
      // What a task takes is told by the task, not by the requests about it.
      log.settled();
    }
  }

  private void answered(GitHubRequest request, HttpReply reply, boolean worthALine) {
    Optional<String> id = reply.header("x-github-request-id");
    id.ifPresent(log::requestId);
    Json.Builder line = line(request).put("status", reply.status());
    if (!worthALine) {
      log.countedLine(line.build());
      return;
    }
    line.put("requestId", id.orElse(null));
    if (reply.status() >= 400) {
      said(reply).ifPresent(words -> line.put("message", quoted(words)));
    }
    log.line(line.build());
  }

  /** The message of an error. */
  static Optional<String> said(HttpReply reply) {
    try {
      return Optional.ofNullable(
          WireJson.read(reply.body().utf8(), TaskWire.Failure.class).message());
    } catch (JsonException notTheirs) {
      return Optional.empty();
    }
  }

  /** Foreign words for a message: bounded, on one line, without the lane's token. */
  String quoted(String words) {
    return "'" + ProviderFailure.oneLine(redactor.redact(words)) + "'";
  }

  private static Json.Builder line(GitHubRequest request) {
    return Json.object()
        .put("role", "request")
        .put("request", request.line())
        .put("requestSha256", request.bodySha256());
  }

  private static String name(IOException cut) {
    return cut.getClass().getSimpleName();
  }
}
