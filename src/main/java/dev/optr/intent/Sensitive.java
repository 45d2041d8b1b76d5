package dev.optr.intent;

import dev.optr.base.Glob;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

  private static final String ANYWHERE = "**/";

  // A repository may have 100,000 files: most patterns are names or ends of names, which are looked
  // up instead of tried one after the other.
  private static final Set<String> NAMES =
      PATTERNS.stream()
          .map(Sensitive::name)
          .filter(name -> !name.contains("*"))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> ENDS =
      PATTERNS.stream()
          .map(Sensitive::name)
          .filter(name -> name.startsWith("*.") && name.lastIndexOf('*') == 0)
          .map(name -> name.substring(1))
          .collect(Collectors.toUnmodifiableSet());

  private static final List<Glob> OTHERS =
      PATTERNS.stream()
          .map(Sensitive::name)
          .filter(name -> !NAMES.contains(name) && !ENDS.contains(name.substring(1)))
          .map(Glob::of)
          .toList();

  private Sensitive() {}

  /** True where the last segment of the path is one of these names; case is no matter. */
  static boolean matches(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (NAMES.contains(name) || hasKnownEnd(name)) {
      return true;
    }
    for (Glob other : OTHERS) {
      if (other.matches(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasKnownEnd(String name) {
    for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (ENDS.contains(name.substring(dot))) {
        return true;
      }
    }
    return false;
  }

  private static String name(String pattern) {
    return pattern.substring(ANYWHERE.length());
  }
}
