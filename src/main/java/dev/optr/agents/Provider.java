package dev.optr.agents;

import dev.optr.base.JsonObject;
import java.util.List;

/** What differs between the providers whose models are asked turn by turn over HTTP. */
public interface Provider {
  /** For messages. */
  String name();

  /** What holds the credential where the workflow file names nothing, for messages. */
  String credential();

  /** The header, in lower case, that carries the provider's id of a request. */
  String requestIdHeader();

  /** How its models call tools. */
  Protocol protocol();

  /**
   * What an answer that is no success says; {@link ProviderFailure#UNKNOWN} where it is nothing of
   * the provider's.
   */
  ProviderFailure failure(HttpReply reply);

  /**
   * True where an answer says how many tokens it took; where not, budgets in tokens are kept by an
   * estimate, and money by counting the lane's own budget whole.
   */
  default boolean tellsUsage() {
    return true;
  }

  /** The most bytes of JSON text in UTF-8 that one message may have. */
  default int longestMessage() {
    return Integer.MAX_VALUE;
  }

  /** What of an answer the transcript keeps: an echo of the prompt, for one, is no part of it. */
  default JsonObject kept(JsonObject response) {
    return response;
  }

  /**
   * Begins a conversation; nothing is sent yet.
   *
   * @param model empty where the provider takes none
   * @param tools that the model may call; nothing to a model that speaks {@link Protocol#TEXT}
   * @param requests sends what the conversation sends
   */
  Conversation open(String model, Prompt prompt, List<Tool> tools, LaneRequests requests);

  /** How a model calls tools. */
  enum Protocol {
    /** As its API has it. */
    TOOLS,
    /** As JSON in its text. */
    TEXT,
    /** Not at all: it changes files of a copy of its own. */
    WORKING_COPY
  }
}
