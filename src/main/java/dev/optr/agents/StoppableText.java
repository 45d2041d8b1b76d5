package dev.optr.agents;

import java.util.function.BooleanSupplier;

/** Text that can be taken away from whoever reads it, since a match cannot be interrupted. */
final class StoppableText implements CharSequence {
  private static final int LOOKED_AT = 512;

  private final String text;
  private final BooleanSupplier stop;
  private int read;

  StoppableText(String text, BooleanSupplier stop) {
    this.text = text;
    this.stop = stop;
  }

  /** Nobody waits for the match any more. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public char charAt(int index) {
    if (++read % LOOKED_AT == 0 && stop.getAsBoolean()) {
      throw new Stopped();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
