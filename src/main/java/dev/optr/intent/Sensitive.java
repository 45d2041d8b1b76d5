package dev.optr.intent;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Files that by their name hold keys, passwords or certificates. */
final class Sensitive {
  /** Each is {@code **}{@code /name}: a file or directory of that name, anywhere. */
  static final List<String> PATTERNS =
      List.of(
          "**/.env",
          "**/.env.*",
          "**/*.env",
          "**/*.pem",
          "**/*.key",
          "**/*.p8",
          "**/*.p12",
          "**/*.pfx",
          "**/*.pkcs12",
          "**/*.jks",
          "**/*.keystore",
          "**/*.keytab",
          "**/*.kdbx",
          "**/*.ppk",
          "**/*.crt",
          "**/*.cer",
          "**/*.der",
          "**/*.ovpn",
          "**/*.tfstate",
          "**/*.tfstate.*",
          "**/*.tfvars",
          "**/*.tfvars.json",
          "**/id_rsa*",
          "**/id_dsa*",
          "**/id_ecdsa*",
          "**/id_ed25519*",
          "**/.netrc",
          "**/_netrc",
          "**/.npmrc",
          "**/.pypirc",
          "**/.pgpass",
          "**/.my.cnf",
          "**/.htpasswd",
          "**/.git-credentials",
          "**/.dockercfg",
          "**/.dockerconfigjson",
          "**/.vault-token",
          "**/.ssh",
          "**/.gnupg",
          "**/.aws",
          "**/.azure",
          "**/.kube",
          "**/.docker",
          "**/kubeconfig",
          "**/credentials.json",
          "**/service-account*.json");

  // One expression instead of a pattern each: a repository may have 100,000 files.
  private static final Pattern NAMES =
      Pattern.compile(
          PATTERNS.stream().map(Sensitive::expression).collect(Collectors.joining("|")),
          Pattern.DOTALL);

  private Sensitive() {}

  /** True where the last segment of the path is one of these names; case is no matter. */
  static boolean matches(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return NAMES.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  private static String expression(String pattern) {
    String name = pattern.substring("**/".length());
    return List.of(name.split("\\*", -1)).stream()
        .map(Pattern::quote)
        .collect(Collectors.joining(".*"));
  }
}
