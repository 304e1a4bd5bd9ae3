package dev.mneme.edit.text;

import dev.mneme.edit.text.TextStates.Encoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells what a sentence asks for: whether it is something an editor knows, which task it is most
 * like, how that is said most plainly, and whether the base does that alone or needs what a memory
 * writes. For each encoder a {@link KernelRidge} over the sentence as a whole, as a {@link
 * SentenceReader} reads it; what is known is what is like the sentences it was fitted to. Safe for
 * any number of threads, and the same to all.
 */
public final class Understanding {
  /** Turns scores, which lie about -1 to 1, into confidences. */
  private static final double STEEPNESS = 6;

  /** How far the memory must be ahead in a part of a sentence for the whole to need it. */
  private static final double CLEARLY = 0.4;

  /**
   * Share of the likest task's score that another may have in a sentence of several parts that is
   * one wish. Of held-out sentences with a joint that are one wish 25 of 1,100 have more, of pairs
   * that are not parted a quarter.
   */
  private static final double BESIDE = 0.8;

  private static final int REMEMBERED = 128;

  private final Tasks tasks;
  private final Map<Encoder, Judge> judges;
  private final Set<String> absent; // tasks that nobody here can do

  /** Scores of what was judged last: an edit asks several times of one sentence. */
  private final Recent<TextStates, double[]> recent = new Recent<>(REMEMBERED);

  Understanding(Tasks tasks, Map<Encoder, Judge> judges) {
    this(tasks, judges, Set.of());
  }

  private Understanding(Tasks tasks, Map<Encoder, Judge> judges, Set<String> absent) {
    this.tasks = tasks;
    this.judges = new EnumMap<>(judges);
    this.absent = Set.copyOf(absent);
  }

  /**
   * The same where memories for some later tasks are there, and for others not: what asks for one
   * of the others is unknown.
   *
   * @param later names of tasks; may have some that are not known here
   */
  public Understanding having(Set<String> later) {
    Set<String> others = new HashSet<>(tasks.later());
    others.removeAll(later);
    return new Understanding(tasks, judges, others);
  }

  /**
   * What there is to ask for.
   *
   * @param names of all tasks
   * @param alone those that the base does without a memory
   * @param later those that arrived after all others
   * @param plain the sentence that asks for each most plainly, by encoder and name
   */
  public record Tasks(
      List<String> names,
      Set<String> alone,
      Set<String> later,
      Map<Encoder, Map<String, String>> plain) {
    /** Tasks of which nothing is said more plainly than it was. */
    public Tasks(List<String> names, Set<String> alone, Set<String> later) {
      this(names, alone, later, Map.of());
    }

    /**
     * @throws IllegalArgumentException if alone or later have a name that is none of all
     */
    public Tasks {
      names = List.copyOf(names);
      alone = Set.copyOf(alone);
      later = Set.copyOf(later);
      plain = Map.copyOf(plain);
      if (!names.containsAll(alone) || !names.containsAll(later)) {
        throw new IllegalArgumentException(
            "Expected %s and %s among %s".formatted(alone, later, names));
      }
    }

    int count() {
      return names.size();
    }

    /** What asks for a task most plainly; empty where that is not known. */
    private String plain(Encoder encoder, String task) {
      return plain.getOrDefault(encoder, Map.of()).getOrDefault(task, "");
    }
  }

  /**
   * One encoder's sentences.
   *
   * @param reader reads them as a whole
   * @param machine scores for each task, and last for being known at all
   * @param border least of that last score that counts as known
   */
  record Judge(SentenceReader reader, KernelRidge machine, double border) {}

  /**
   * A sentence to learn from.
   *
   * @param states what its encoder says
   * @param tasks names of what it asks for; none if that is nothing the editor knows
   * @param fresh whether its reader, too, has not learned from it
   */
  public record Example(TextStates states, Set<String> tasks, boolean fresh) {
    /** For a reader that has not learned from anything. */
    public Example(TextStates states, Set<String> tasks) {
      this(states, tasks, true);
    }

    public Example {
      tasks = Set.copyOf(tasks);
    }

    boolean known() {
      return !tasks.isEmpty();
    }
  }

  /** As {@link #fit(List, Tasks, Map)}, reading with the encoders as they are. */
  public static Understanding fit(List<Example> examples, Tasks tasks) {
    return fit(examples, tasks, Map.of());
  }

  /**
   * Learns from sentences of both encoders. The border is drawn where 4.6 % of the known ones that
   * are fresh would be missed, each judged by what was learned from all others.
   *
   * @param tasks that they ask for
   * @param readers how sentences are read; an encoder that has none is taken as it is
   * @throws IllegalArgumentException if an encoder has not at least 20 fresh ones of each kind
   */
  public static Understanding fit(
      List<Example> examples, Tasks tasks, Map<Encoder, SentenceReader> readers) {
    Map<Encoder, Judge> judges = new EnumMap<>(Encoder.class);
    for (Encoder encoder : Encoder.values()) {
      List<Example> own = examples.stream().filter(e -> e.states().encoder() == encoder).toList();
      SentenceReader reader = readers.getOrDefault(encoder, SentenceReader.frozen());
      judges.put(encoder, UnderstandingFit.of(encoder, own, tasks.names(), reader));
    }
    return new Understanding(tasks, judges);
  }

  /** What counts in the sentences that an encoder reads. */
  static LetterGrams.Script script(Encoder encoder) {
    return encoder == Encoder.MINILM ? LetterGrams.Script.ENGLISH : LetterGrams.Script.CHINESE;
  }

  /** For each task, and last for being known at all; the caller may write to it. */
  private double[] scores(TextStates sentence) {
    double[] scores = recent.get(sentence);
    if (scores == null) {
      String text = script(sentence.encoder()).normal(sentence.text());
      Judge judge = judges.get(sentence.encoder());
      scores = judge.machine().scores(judge.reader().read(sentence), text);
      recent.put(sentence, scores);
    }
    return scores.clone();
  }

  /**
   * The sentences that an encoder's part keeps of those that it was fitted to, in small letters and
   * without signs.
   */
  public List<String> texts(Encoder encoder) {
    return judges.get(encoder).machine().letters().texts();
  }

  /** How sentences are read, for another that is to read them alike. */
  public Map<Encoder, SentenceReader> readers() {
    Map<Encoder, SentenceReader> readers = new EnumMap<>(Encoder.class);
    judges.forEach((encoder, judge) -> readers.put(encoder, judge.reader()));
    return readers;
  }

  /** Tells the sentences that it keeps, of those that it was fitted to. */
  public Predicate<TextStates> met() {
    Map<Encoder, Set<String>> kept = new EnumMap<>(Encoder.class);
    judges
        .keySet()
        .forEach(encoder -> kept.put(encoder, Set.copyOf(new HashSet<>(texts(encoder)))));
    return sentence ->
        kept.get(sentence.encoder()).contains(script(sentence.encoder()).normal(sentence.text()));
  }

  /** Whether it knows a task of this name. */
  public boolean knows(String task) {
    return tasks.names().contains(task);
  }

  /** Whether what was heard is one of the tasks that arrived later. */
  public boolean claims(Verdict verdict) {
    return tasks.later().contains(verdict.likest());
  }

  /**
   * How much of a task is heard in a sentence: about 1 where it alone is asked for, about 0 where
   * it is not.
   *
   * @throws IllegalArgumentException if there is no such task
   */
  public double score(TextStates sentence, String task) {
    int index = tasks.names().indexOf(task);
    if (index < 0) {
      throw new IllegalArgumentException("Expected one of " + tasks.names() + ", found " + task);
    }
    return scores(sentence)[index];
  }

  /** A task and how much of it is heard. */
  private record Heard(String task, double score) {
    static final Heard NOTHING = new Heard("", Double.NEGATIVE_INFINITY);

    Heard or(Heard other) {
      return other.score > score ? other : this;
    }
  }

  /** What is thought of one wish by its token states. */
  public Verdict judge(TextStates sentence) {
    return judge(sentence, 1, List.of());
  }

  /**
   * @param beside share of the likest task's score that another may have in one wish
   */
  private Verdict judge(TextStates sentence, double beside, List<Leaning> leanings) {
    Judge judge = judges.get(sentence.encoder());
    double[] scores = scores(sentence);
    String unleaned = likest(scores);
    leanings.forEach(leaning -> leaning.lean(tasks.names(), scores, unleaned));
    double known = scores[tasks.count()] - judge.border();
    Heard base = Heard.NOTHING;
    Heard first = Heard.NOTHING; // of the memory's
    Heard later = Heard.NOTHING;
    Heard likest = Heard.NOTHING;
    double second = 0;
    for (int t = 0; t < tasks.count(); t++) {
      Heard heard = new Heard(tasks.names().get(t), scores[t]);
      second = Math.max(second, Math.min(likest.score(), heard.score()));
      likest = likest.or(heard);
      if (tasks.later().contains(heard.task())) {
        later = later.or(heard);
      } else if (tasks.alone().contains(heard.task())) {
        base = base.or(heard);
      } else {
        first = first.or(heard);
      }
    }
    boolean claimed = later.score() > base.or(first).score();
    Heard written = claimed ? later : first;
    double confidence = absent.contains(likest.task()) ? 0 : 1 / (1 + Math.exp(-STEEPNESS * known));
    boolean single = second <= beside * likest.score();
    return new Verdict(
        confidence,
        base.score() - written.score(),
        likest.task(),
        written.task(),
        single ? tasks.plain(sentence.encoder(), likest.task()) : "");
  }

  private String likest(double[] scores) {
    int best = 0;
    for (int t = 1; t < tasks.count(); t++) {
      best = scores[t] > scores[best] ? t : best;
    }
    return tasks.names().get(best);
  }

  /** As {@link #judge(TextStates, List, List)}, by the sentence alone. */
  public Verdict judge(TextStates sentence, List<TextStates> parts) {
    return judge(sentence, parts, List.of());
  }

  /**
   * As {@link #judge(TextStates)}; a sentence that is not beyond doubt the base's needs the memory
   * also if one of its parts clearly does.
   *
   * @param parts wishes that stand beside each other in the sentence
   * @param leanings what is known beside it
   */
  public Verdict judge(TextStates sentence, List<TextStates> parts, List<Leaning> leanings) {
    Verdict whole = judge(sentence, parts.size() < 2 ? 1 : BESIDE, leanings);
    if (whole.beyondDoubt()) {
      return whole;
    }
    double least = whole.ahead();
    for (TextStates part : parts) {
      double ahead = judge(part, 1, leanings).ahead();
      least = ahead <= -CLEARLY ? Math.min(least, ahead) : least;
    }
    String plain = whole.ahead() > 0 && least < 0 ? "" : whole.plain(); // a wish for each
    return new Verdict(whole.confidence(), least, whole.likest(), whole.written(), plain);
  }

  /** Writes it into a folder, made if it is not there. */
  public void save(Path folder) throws IOException {
    UnderstandingModel.save(folder, tasks, judges);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it is something else; the message says what was expected and found
   */
  public static Understanding load(Path folder) throws IOException {
    return UnderstandingModel.load(folder);
  }
}
