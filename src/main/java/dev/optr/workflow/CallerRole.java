package dev.optr.workflow;

/** What a step or a called workflow does in the flow. */
enum CallerRole {
  /** Nothing of ours. */
  NONE,
  /** Everything in one job. */
  WHOLE,
  /** Asks agents and holds their keys. */
  PROPOSE,
  GATHER,
  /** Writes a row that the job's later steps run: code that an agent wrote. */
  APPLY,
  /** Decides and writes. */
  SELECT,
  /** Looks whether a commit may be deployed. */
  VERIFY,
  /** All of it, in jobs of the reusable workflow. */
  CALL,
  /** Computed, or a phase that there is not. */
  UNKNOWN;

  /**
   * @param phase the input as it is written; empty where there is none
   */
  static CallerRole of(CallerUse.Part part, String phase) {
    return switch (part) {
      case OTHER -> NONE;
      case APPLY -> APPLY;
      case WORKFLOW -> CALL;
      case ACTION ->
          switch (phase) {
            case "" -> WHOLE;
            case "propose" -> PROPOSE;
            case "gather" -> GATHER;
            case "apply" -> APPLY;
            case "select" -> SELECT;
            case "verify" -> VERIFY;
            default -> UNKNOWN;
          };
    };
  }

  boolean decides() {
    return this == WHOLE || this == SELECT || this == CALL;
  }
}
