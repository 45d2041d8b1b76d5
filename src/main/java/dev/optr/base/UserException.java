package dev.optr.base;

import java.util.List;

/**
 * Somebody who uses the program must act: arguments, workflow file, inputs, permissions. Every
 * message says where, what was found and what to write instead; all of them are carried, not the
 * first. Exit code 2.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> messages;

  public UserException(String message) {
    this(List.of(message));
  }

  public UserException(List<String> messages) {
    super(String.join("\n", messages));
    this.messages = List.copyOf(messages);
  }

  /** One message per finding, in the order of the places they name. */
  public List<String> messages() {
    return messages;
  }
}
