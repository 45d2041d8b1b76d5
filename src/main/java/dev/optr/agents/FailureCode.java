package dev.optr.agents;

/** Why a lane failed. */
public enum FailureCode {
  AUTH,
  QUOTA,
  RATE_LIMIT,
  TIMEOUT,
  REFUSED,
  TRUNCATED,
  EMPTY,
  SCHEMA,
  BUDGET,
  UNAVAILABLE,
  SERVICE,
  CANCELLED;

  /**
   * True where the lane said nothing for reasons that are not the agent's judgement, so that a
   * missed quorum is exit 3.
   */
  public boolean isOutage() {
    return switch (this) {
      case AUTH, QUOTA, RATE_LIMIT, TIMEOUT, UNAVAILABLE, SERVICE, CANCELLED -> true;
      case REFUSED, TRUNCATED, EMPTY, SCHEMA, BUDGET -> false;
    };
  }
}
