package dev.optr.agents.microsoft;

import dev.optr.agents.HttpReply;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Retries;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request that remembers the last answer to it, for what only this vendor's answers mean. */
final class WatchedCall implements Retries.Call {
  private final Retries.Call call;
  private @Nullable HttpReply last;

  WatchedCall(Retries.Call call) {
    this.call = call;
  }

  @Override
  public HttpReply send() throws IOException, InterruptedException {
    last = null;
    HttpReply reply = ProviderHttp.send(call);
    last = reply;
    return reply;
  }

  /** Of the last answer; 0 where none came. */
  int status() {
    return last == null ? 0 : last.status();
  }
}
