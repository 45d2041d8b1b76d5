package dev.optr.actions;

import java.util.Arrays;
import java.util.List;

/** The Action's inputs, as {@code action.yml} names them. */
public enum ActionInput {
  WORKFLOW("workflow"),
  INTENT("intent"),
  PHASE("phase"),
  AGENT("agent"),
  IMAGES("images"),
  BUNDLE("bundle"),
  BUNDLE_DIGEST("bundle-digest"),
  GITHUB_TOKEN("github-token"),
  OPENAI_API_KEY("openai-api-key"),
  ANTHROPIC_API_KEY("anthropic-api-key"),
  COPILOT_TOKEN("copilot-token"),
  MICROSOFT_TENANT_ID("microsoft-tenant-id"),
  MICROSOFT_CLIENT_ID("microsoft-client-id"),
  MICROSOFT_CLIENT_SECRET("microsoft-client-secret"),
  MICROSOFT_TOKEN("microsoft-token"),
  DIRECT_LINE_SECRET("direct-line-secret"),
  SIGNING_KEY("signing-key"),
  GENESIS("genesis"),
  FAIL_ON("fail-on"),
  DRY_RUN("dry-run");

  private final String label;

  ActionInput(String label) {
    this.label = label;
  }

  /** The name in {@code action.yml}: lower case with dashes. */
  public String label() {
    return label;
  }

  /** True for inputs whose value is masked and never printed. */
  public boolean isCredential() {
    return switch (this) {
      case GITHUB_TOKEN,
          OPENAI_API_KEY,
          ANTHROPIC_API_KEY,
          COPILOT_TOKEN,
          MICROSOFT_CLIENT_SECRET,
          MICROSOFT_TOKEN,
          DIRECT_LINE_SECRET,
          SIGNING_KEY ->
          true;
      case WORKFLOW,
          INTENT,
          PHASE,
          AGENT,
          IMAGES,
          BUNDLE,
          BUNDLE_DIGEST,
          MICROSOFT_TENANT_ID,
          MICROSOFT_CLIENT_ID,
          GENESIS,
          FAIL_ON,
          DRY_RUN ->
          false;
    };
  }

  /** Every name, in the order of {@code action.yml}. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(ActionInput::label).toList();
  }
}
