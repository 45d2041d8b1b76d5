package dev.optr.agents;

import dev.optr.base.ConnectionFault;
import dev.optr.workflow.AgentSpec;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What went wrong with a lane's request, in the words that all providers share. */
record LaneFailures(AgentSpec spec, String model, Provider provider) {
  /** No attempt was answered whole. */
  LaneRequests.Failed unanswered(Retries.Attempts attempts) {
    if (attempts.timedOut()) {
      return failed(FailureCode.TIMEOUT, "did not answer in time");
    }
    @Nullable IOException cut = attempts.cut();
    String cause = cut == null ? "" : ": " + cause(cut);
    String requests = attempts.requests() == 1 ? "1 request" : attempts.requests() + " requests";
    return failed(FailureCode.SERVICE, "gave no whole answer to " + requests + cause);
  }

  /** Only a fault of the network is told in words: those are ours. */
  private static @Nullable String cause(IOException cut) {
    return cut instanceof ConnectionFault fault
        ? fault.getMessage()
        : cut.getClass().getSimpleName();
  }

  LaneRequests.Failed tooLarge() {
    return failed(FailureCode.SERVICE, "answered with more than " + HttpReply.LARGEST + " bytes");
  }

  LaneRequests.Failed ownToken() {
    return failed(FailureCode.SERVICE, "answered with the lane's own token");
  }

  LaneRequests.Failed unreadable() {
    return failed(FailureCode.SERVICE, "answered with something that is no answer of its API");
  }

  /**
   * @param reply no success
   * @param quoted makes the provider's words fit for a message
   */
  LaneRequests.Failed answered(HttpReply reply, UnaryOperator<String> quoted) {
    ProviderFailure failure = provider.failure(reply);
    FailureCode code = failure.code(reply.status());
    String answered = "answered " + reply.status();
    return switch (code) {
      // Not the provider's own message: it may repeat a part of the key.
      case AUTH -> failed(code, answered + "; check " + credential());
      case UNAVAILABLE -> failed(code, answered + "; " + asked() + " is not known to it");
      default -> failed(code, answered + said(failure, quoted));
    };
  }

  private String asked() {
    return model.isEmpty() ? "the endpoint" : "model '" + model + "' or the endpoint";
  }

  private String credential() {
    return spec.credential() == null
        ? provider.credential()
        : "variable '" + spec.credential() + "'";
  }

  private static String said(ProviderFailure failure, UnaryOperator<String> quoted) {
    return failure.message() == null ? "" : ": " + quoted.apply(failure.message());
  }

  private LaneRequests.Failed failed(FailureCode code, String what) {
    return new LaneRequests.Failed(code, provider.name() + " " + what);
  }
}
