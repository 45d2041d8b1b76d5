package dev.optr.report;

/**
 * What the commit status says.
 *
 * @param description as posted, for example {@code selected: claude (2/4 admissible); /optr
 *     execute}
 */
public record GateVerdict(State state, String description) {
  public enum State {
    SUCCESS,
    FAILURE,
    ERROR,
    PENDING
  }
}
