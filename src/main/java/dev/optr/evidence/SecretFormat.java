package dev.optr.evidence;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A form of credential as its issuer documents it.
 *
 * @param name what it is, for people
 * @param hint a part that every such credential holds; searched for first, since that is cheap
 */
record SecretFormat(String name, String hint, Pattern pattern) {
  private static final List<SecretFormat> PUBLISHED =
      List.of(
          of("a private key", "PRIVATE KEY", "-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY"),
          of("an age key", "AGE-SECRET-KEY-1", "AGE-SECRET-KEY-1[A-Z0-9]{58}"),
          of("a PuTTY key", "PuTTY-User-Key-File-", "PuTTY-User-Key-File-[23]:"),
          of("a GitHub token", "gh", "\\bgh[pousr]_[A-Za-z0-9]{36}"),
          of("a GitHub token", "github_pat_", "\\bgithub_pat_[A-Za-z0-9_]{22}"),
          of(
              "a GitLab token",
              "gl",
              "\\bgl(?:pat|dt|rt|soat|cbt|ptt|ft|agent|oas)-[A-Za-z0-9_-]{20}"),
          of("an Anthropic key", "sk-ant-", "\\bsk-ant-[A-Za-z0-9_-]{20}"),
          of(
              "an OpenAI key",
              "sk-",
              "\\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20}|\\bsk-[A-Za-z0-9]{40}"),
          of("a Hugging Face token", "hf_", "\\bhf_[A-Za-z]{34}\\b"),
          of("a Groq key", "gsk_", "\\bgsk_[A-Za-z0-9]{52}\\b"),
          of("an xAI key", "xai-", "\\bxai-[A-Za-z0-9]{80}\\b"),
          of("a Perplexity key", "pplx-", "\\bpplx-[A-Za-z0-9]{48}\\b"),
          of("a Replicate token", "r8_", "\\br8_[A-Za-z0-9]{37}\\b"),
          of("an AWS access key", "A", "\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
          of("a Google API key", "AIza", "\\bAIza[A-Za-z0-9_-]{35}"),
          of("a Google client secret", "GOCSPX-", "\\bGOCSPX-[A-Za-z0-9_-]{28}"),
          of("an Azure storage key", "AccountKey=", "AccountKey=[A-Za-z0-9+/]{86}=="),
          of("an Entra client secret", "8Q~", "\\b[A-Za-z0-9_~.]{3}8Q~[A-Za-z0-9_~.-]{31,34}"),
          of("a Direct Line secret", ".AAAA", "\\b[A-Za-z0-9_-]{11}\\.AAAA[A-Za-z0-9_-]{30}"),
          of("a Slack token", "xox", "\\bxox[abeprs]-[A-Za-z0-9-]{10}|\\bxoxe\\.xox[bp]-"),
          of("a Slack app token", "xapp-", "\\bxapp-[0-9]-[A-Z0-9]{8,}-[0-9]+-[a-z0-9]{32}"),
          of(
              "a Slack webhook",
              "hooks.slack.com",
              "hooks\\.slack\\.com/services/T[A-Za-z0-9]{6,}/B"),
          of(
              "a Discord webhook",
              "/api/webhooks/",
              "discord(?:app)?\\.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60}"),
          of("a Telegram bot token", ":AA", "\\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\\b"),
          of("a Stripe key", "k_live_", "\\b[rs]k_live_[A-Za-z0-9]{16}"),
          of("a Stripe webhook secret", "whsec_", "\\bwhsec_[A-Za-z0-9+/]{32}"),
          of("a Square token", "sq0", "\\bsq0(?:atp|csp)-[A-Za-z0-9_-]{22}"),
          of("a Shopify token", "shp", "\\bshp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}\\b"),
          of("a SendGrid key", "SG.", "\\bSG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
          of("a Twilio key", "SK", "\\bSK[0-9a-f]{32}\\b"),
          of("a Mailgun key", "key-", "\\bkey-[0-9a-f]{32}\\b"),
          of("an npm token", "npm_", "\\bnpm_[A-Za-z0-9]{36}"),
          of("a PyPI token", "pypi-", "\\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50}"),
          of("a RubyGems key", "rubygems_", "\\brubygems_[0-9a-f]{48}\\b"),
          of("a NuGet key", "oy2", "\\boy2[a-z0-9]{43}\\b"),
          of("a crates.io token", "cio", "\\bcio[A-Za-z0-9]{32}\\b"),
          of("a Docker Hub token", "dckr_", "\\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20}"),
          of("a DigitalOcean token", "_v1_", "\\bdo[por]_v1_[a-f0-9]{64}\\b"),
          of("a Databricks token", "dapi", "\\bdapi[a-f0-9]{32}\\b"),
          of("a Grafana token", "gl", "\\bgl(?:sa|c)_[A-Za-z0-9+/]{32}"),
          of("a New Relic key", "NRAK-", "\\bNRAK-[A-Z0-9]{27}\\b"),
          of("a Sentry token", "sntry", "\\bsntry[su]_[A-Za-z0-9+/=_-]{40}"),
          of("a Vault token", "hv", "\\bhv[bsr]\\.[A-Za-z0-9_-]{24}"),
          of("a Terraform token", ".atlasv1.", "\\b[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60}"),
          of("a Pulumi token", "pul-", "\\bpul-[a-f0-9]{40}\\b"),
          of("an Atlassian token", "ATATT3", "\\bATATT3[A-Za-z0-9_=-]{60}"),
          of("a Linear key", "lin_", "\\blin_(?:api|oauth)_[A-Za-z0-9]{40}"),
          of("a Notion token", "ntn_", "\\bntn_[A-Za-z0-9]{43}"),
          of("a Postman key", "PMAK-", "\\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\\b"),
          of("a PlanetScale token", "pscale_", "\\bpscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{32}"),
          of("a Supabase token", "sbp_", "\\bsbp_[a-f0-9]{40}\\b"),
          of("a Tailscale key", "tskey-", "\\btskey-[a-z]{3,12}-[A-Za-z0-9]{8,}-[A-Za-z0-9]{16}"),
          of(
              "a JSON web token",
              "eyJ",
              "\\beyJ[A-Za-z0-9_-]{10,4096}\\.eyJ[A-Za-z0-9_-]{10,4096}\\.[A-Za-z0-9_-]{10}"),
          of(
              "a password in a URL",
              "://",
              "\\b[a-z][a-z0-9+.-]{1,20}://[^\\s/:@$<{]{1,64}:[^\\s/:@$<{*]{8,128}@[A-Za-z0-9.-]+"));

  private static SecretFormat of(String name, String hint, String regex) {
    return new SecretFormat(name, hint, Pattern.compile(regex));
  }

  /** What the line seems to hold, for people. */
  static Optional<String> find(String line) {
    return PUBLISHED.stream()
        .filter(format -> line.contains(format.hint))
        .filter(format -> format.pattern.matcher(line).find())
        .findFirst()
        .map(SecretFormat::name);
  }

  /** The text with stars for every credential of these forms. */
  static String redact(String text) {
    String redacted = text;
    for (SecretFormat format : PUBLISHED) {
      if (redacted.contains(format.hint)) {
        redacted = format.pattern.matcher(redacted).replaceAll(SecretPatterns.STARS);
      }
    }
    return redacted;
  }
}
