package dev.optr.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretPatternsTest {
  // Written in two parts, so that no scanner of this repository takes a sample for a leak.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -----BEGIN RSA PRIV | ATE KEY-----                                                | a private key
          -----BEGIN PRIV     | ATE KEY-----                                                | a private key
          x = 'gh             | p_0123456789abcdefghijABCDEFGHIJ012345'                     | a GitHub token
          github_             | pat_11ABCDEFG0abcdefghijkl_mnop                             | a GitHub token
          glpat               | -ABCDEFGHIJ0123456789                                       | a GitLab token
          key: sk-ant         | -api03-abcdefghijklmnopqrstuvwx                             | an Anthropic key
          sk-pr               | oj-abcdefghijklmnopqrstuvwx                                 | an OpenAI key
          AKI                 | AIOSFODNN7EXAMPLE                                           | an AWS access key
          AIz                 | aSyA0123456789abcdefghijklmnopqrstuv                        | a Google API key
          xox                 | b-123456789012-abcdefghijkl                                 | a Slack token
          sk_l                | ive_0123456789abcdef                                        | a Stripe key
          npm                 | _0123456789abcdefghijABCDEFGHIJ012345                       | an npm token
          eyJhbGciOiJIUzI1NiJ9| .eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N         | a JSON web token
          GOCSP               | X-abcdefghijklmnopqrstuvwxyzAB                              | a Google client secret
          abc8                | Q~abcdefghijklmnopqrstuvwxyz0123456789                      | an Entra client secret
          dckr                | _pat_abcdefghijklmnopqrstuvw                                | a Docker Hub token
          hvs                 | .CAESIJabcdefghijklmnopqrstuv                               | a Vault token
          SG.                 | abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG | a SendGrid key
          hf                  | _abcdefghijklmnopqrstuvwxyzABCDEFGH                         | a Hugging Face token
          postgres://app      | :s3cr3tPassw0rd@db.example.org/shop                         | a password in a URL
          Authorization: Bea  | rer 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b                | a random value called a secret
          password = "        | 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"                   | a random value called a secret
          CLIENT_SECRET:      |  Zx81kQ0pLm72Vb5NtYq4Rw9s                                   | a random value called a secret
          """)
  void recognisesCredentials(String head, String rest, String what) {
    assertThat(SecretPatterns.find(head + rest)).contains(what);
    String redacted = SecretPatterns.redact("before " + head + rest + " after");
    assertThat(redacted).contains("***").startsWith("before ").endsWith(" after");
    assertThat(SecretPatterns.find(redacted)).isEmpty();
    assertThat(SecretPatterns.redact(redacted)).isEqualTo(redacted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "String token = readTokenFromEnvironment(credentialVariableName);",
        "password: ${{ secrets.DATABASE_PASSWORD }}",
        "\"integrity\": \"sha512-9NET910DNaIPngYnLLPeg+Ogzqsi9uM4mSboU5y6p8S5DzMTVEsJZrawi+BoDNUVBa2DhJqQYUFvMDfgU062LQ==\"",
        "commit 883a829f0c7d659a2feaa0c55ad015a3bf4f1b2b",
        "id = 123e4567-e89b-12d3-a456-426614174000",
        "sk-loading-spinner",
        "token = \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"",
        "secret = \"changeme\"",
        "postgres://app:${DB_PASSWORD}@db.example.org/shop",
        "https://user:<password>@example.org",
        "Authorization: Bearer ${{ secrets.TOKEN }}",
        "see https://example.org:8443/a@b",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN CERTIFICATE-----",
      })
  void leavesOrdinaryTextAlone(String line) {
    assertThat(SecretPatterns.redact(line)).isEqualTo(line);
    assertThat(SecretPatterns.find(line)).isEmpty();
  }
}
