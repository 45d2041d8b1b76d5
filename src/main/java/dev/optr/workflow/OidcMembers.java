package dev.optr.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which members {@code oidc} has, by type, as each vendor names them. */
final class OidcMembers {
  private static final Map<AgentType, Members> BY_TYPE =
      Map.of(
          AgentType.ANTHROPIC_CLAUDE,
          new Members(
              List.of("federation_rule_id", "organization_id"),
              List.of("service_account_id", "workspace_id", "audience")));

  private OidcMembers() {}

  private record Members(List<String> required, List<String> optional) {
    List<String> all() {
      List<String> all = new ArrayList<>(required);
      all.addAll(optional);
      return all;
    }
  }

  static void check(AgentSpec spec, String path, YamlNode root, Findings findings) {
    Members members = BY_TYPE.get(spec.type());
    if (members == null || spec.oidc().isEmpty()) {
      return;
    }
    for (String given : new TreeSet<>(spec.oidc().keySet())) {
      if (!members.all().contains(given)) {
        findings.add(
            YamlPath.mark(root, path + "." + given),
            "unknown key '%s.%s', allowed: '%s'%s"
                .formatted(
                    path,
                    Printable.clipped(given),
                    String.join("', '", members.all()),
                    Suggestion.near(given, members.all())));
      }
    }
    for (String needed : members.required()) {
      if (!spec.oidc().containsKey(needed)) {
        findings.add(
            YamlPath.mark(root, path),
            "'" + path + "' has no '" + needed + "'; write it as the vendor's console shows it");
      }
    }
  }
}
