package dev.optr.agents;

import dev.optr.base.JsonException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What differs between the providers that are asked in one turn over HTTP. */
public interface Provider {
  /** For messages. */
  String name();

  /** What holds the credential where the workflow file names nothing, for messages. */
  String credential();

  /** The header, in lower case, that carries the provider's id of a request. */
  String requestIdHeader();

  /** The whole request, as JSON. */
  String body(Prompt prompt, String model, int outputTokens);

  /**
   * Sends it once.
   *
   * @throws IOException where no whole answer came
   */
  HttpReply send(String body) throws IOException, InterruptedException;

  /**
   * What an answer that is no success says; {@link ProviderFailure#UNKNOWN} where it is no JSON.
   */
  ProviderFailure failure(HttpReply reply);

  /**
   * Reads an answer that is a success.
   *
   * @throws JsonException where it is none of the provider's
   */
  Turn read(HttpReply reply) throws JsonException;

  /** One answer of the model. */
  interface Turn {
    /** As the provider named it. */
    @Nullable String model();

    Usage usage(int requests, int retries);

    Answer answer(Exchange exchange);
  }
}
