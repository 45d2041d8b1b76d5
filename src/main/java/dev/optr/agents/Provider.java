package dev.optr.agents;

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
   * Begins a conversation; nothing is sent yet.
   *
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
