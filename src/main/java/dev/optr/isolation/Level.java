package dev.optr.isolation;

import java.util.List;

/** How far candidate code is isolated on this machine, as experiments found it at start. */
public sealed interface Level {
  /** Every mechanism bites. */
  record Full() implements Level {
    @Override
    public String text() {
      return "full";
    }
  }

  /**
   * Some mechanisms bite.
   *
   * @param missing what does not, each in a few words
   */
  record Partial(List<String> missing) implements Level {
    public Partial {
      missing = List.copyOf(missing);
    }

    @Override
    public String text() {
      return "partial(" + String.join(", ", missing) + ")";
    }
  }

  /**
   * Nothing is isolated.
   *
   * @param reason why
   */
  record None(String reason) implements Level {
    @Override
    public String text() {
      return "none";
    }
  }

  /** {@code full}, {@code partial(what is missing)} or {@code none}. */
  String text();
}
