package dev.mneme.edit.words;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the clauses of a sentence let its intensity be that of all it asks for: one strength
 * serves the whole edit, so a second wish without an intensity forbids it, and so does a clause
 * that tells how the picture is.
 */
final class Clauses {
  private final Pattern joints;
  private final Pattern statements;
  private final Pattern requests;
  private final Pattern bystanders;

  Clauses(RuleFile file, Language language) {
    joints = file.any(language.heading("joints"));
    statements = file.any(language.heading("statements"));
    requests = file.any(language.heading("requests"));
    bystanders = file.any(language.heading("bystanders"));
  }

  boolean allow(String sentence, List<Cut> cuts) {
    List<int[]> clauses = new ArrayList<>();
    Matcher joint = joints.matcher(sentence);
    int at = 0;
    while (joint.find()) {
      if (cuts.stream().noneMatch(cut -> cut.meets(joint.start(), joint.end()))) {
        clauses.add(new int[] {at, joint.start()});
        at = joint.end();
      }
    }
    clauses.add(new int[] {at, sentence.length()});
    return clauses.stream().allMatch(clause -> allows(sentence, clause[0], clause[1], cuts));
  }

  private boolean allows(String sentence, int from, int to, List<Cut> cuts) {
    String clause = sentence.substring(from, to);
    return cuts.stream().anyMatch(cut -> cut.meets(from, to))
        ? !statements.matcher(clause).find() || requests.matcher(clause).find()
        : bystanders.matcher(clause).find();
  }
}
