package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.picture.Flaws;
import dev.mneme.edit.task.Rivals;
import dev.mneme.edit.text.Leaning;
import dev.mneme.edit.text.Spelling;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.Understanding;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.edit.text.Verdict;
import dev.mneme.edit.words.Asked;
import dev.mneme.edit.words.Courtesies;
import dev.mneme.edit.words.WishParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Hears what a sentence asks for, as a whole and in its parts. Edits and measurements both hear
 * through this.
 *
 * <p>Memories that were put beside the first may bring an understanding of their own, which knows
 * the tasks that arrived with them and those that were there. Where one hears such a task it has
 * the word; everything else is judged as if they were not there. Of later tasks that the first
 * understanding knows, those are unknown that no memory is there for.
 *
 * <p>Politeness is not listened to, and a mistyped English word is heard as the word it must be.
 *
 * @param understanding judges what was heard
 * @param later those of memories beside the first
 * @param encoder reads it
 * @param spelling mends it before
 */
public record Hearing(
    Understanding understanding,
    List<Understanding> later,
    TextEncoder encoder,
    Spelling spelling) {
  /** What an understanding's folder is called, among models and in a memory beside the first. */
  public static final String FOLDER = "understanding";

  /**
   * Least score in the whole of what each half asks for; a single wish scores about 1 there. Of
   * held-out sentences with a joint that are one wish one in sixty is parted, of pairs that can be
   * wanted together nearly all.
   */
  private static final double HEARD = 0.25;

  /**
   * The same where hardly anybody wants both together, so that one of them is most likely misheard.
   */
  private static final double RIVALS_HEARD = 0.45;

  /** Joints that are looked at; an encoder reads no longer sentences anyway. */
  private static final int MOST_JOINTS = 12;

  public Hearing {
    later = List.copyOf(later);
  }

  /** Words are spelled as in the sentences that all were fitted to. */
  public Hearing(Understanding understanding, List<Understanding> later, TextEncoder encoder) {
    this(
        understanding,
        later,
        encoder,
        new Spelling(
            Stream.concat(Stream.of(understanding), later.stream())
                .flatMap(one -> one.texts(TextStates.Encoder.MINILM).stream())
                .toList(),
            encoder::knows));
  }

  /** One understanding for everything. */
  public Hearing(Understanding understanding, TextEncoder encoder) {
    this(understanding, List.of(), encoder);
  }

  /**
   * Reads what a folder of models understands.
   *
   * @return nothing if they came without
   * @throws IOException if one is missing files or is something else
   */
  public static Optional<Hearing> load(Path models, TextEncoder encoder) throws IOException {
    if (!Files.isDirectory(models.resolve(FOLDER))) {
      return Optional.empty();
    }
    List<Understanding> later = new ArrayList<>();
    Set<String> there = new HashSet<>();
    for (Path memory : Memories.beside(models)) {
      there.addAll(Memories.tasks(memory));
      if (Files.isDirectory(memory.resolve(FOLDER))) {
        later.add(load(memory.resolve(FOLDER)));
      }
    }
    Understanding first = load(models.resolve(FOLDER)).having(there);
    return Optional.of(new Hearing(first, later, encoder));
  }

  private static Understanding load(Path place) throws IOException {
    try {
      return Understanding.load(place);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new ModelException(
          ModelException.Kind.CORRUPT, place, "an understanding", e.getMessage(), e);
    }
  }

  /**
   * What is thought of a sentence. Of several wishes it is at least as sure as of the one that it
   * is least sure of: as a whole they may sound like nothing that was ever asked.
   *
   * @throws UnusableSentenceException if the sentence cannot be read
   */
  public Verdict of(String sentence) {
    String tidy = tidy(sentence);
    Verdict whole = of(tidy, encoder.encode(tidy), List.of());
    List<String> wishes = whole.known() ? List.of() : parted(tidy);
    return wishes.size() < 2 ? whole : whole.atLeast(leastSure(wishes));
  }

  private double leastSure(List<String> wishes) {
    return wishes.stream()
        .filter(wish -> !Asked.of(wish).deed().isRetouch()) // these are heard by rules
        .mapToDouble(wish -> judge(wish).confidence())
        .min()
        .orElse(1);
  }

  /** What a sentence asks for, how strongly and where, heard in it as it is spelled. */
  public Asked asked(String sentence) {
    return Asked.of(tidy(sentence)).saying(sentence);
  }

  /** The sentence without politeness, and with its words as they are spelled. */
  private String tidy(String sentence) {
    return spelling.mend(Courtesies.without(sentence));
  }

  /**
   * As {@link #of(String)}, of a sentence about a picture: between two that are contraries, such as
   * to put haze in and to clear it, the picture has a say.
   *
   * @param seen looks at the picture; asked only where it has one
   */
  public Verdict of(String sentence, Supplier<Flaws> seen) {
    String tidy = tidy(sentence);
    TextStates text = encoder.encode(tidy);
    Verdict unseen = of(tidy, text, List.of());
    if (!Contraries.has(unseen.likest())) {
      return unseen;
    }
    Flaws flaws = seen.get();
    Verdict heard = of(tidy, text, Contraries.of(flaws, tidy));
    return heard.showing(Contraries.amiss(heard.likest(), flaws));
  }

  private Verdict of(String sentence, TextStates text, List<Leaning> leanings) {
    List<TextStates> parts = new ArrayList<>();
    for (String part : WishParts.of(sentence)) {
      try {
        parts.add(encoder.encode(part));
      } catch (UnusableSentenceException e) {
        // what says nothing by itself ("1, 2") is no wish of its own
      }
    }
    return heard(text, parts, leanings);
  }

  /**
   * What a later one claims, or else what was heard without them. However sure the first is, it
   * does not know what arrived since.
   */
  private Verdict heard(TextStates text, List<TextStates> parts, List<Leaning> leanings) {
    for (Understanding other : later) {
      Verdict verdict = other.judge(text, parts, leanings);
      if (other.claims(verdict)) {
        return verdict;
      }
    }
    return understanding.judge(text, parts, leanings);
  }

  /**
   * What a sentence asks for, to be done in turn: its wishes, each as strongly and where it says by
   * itself, or all that was heard in it as one.
   *
   * @throws UnusableSentenceException if the sentence cannot be read
   */
  public List<Asked> inTurn(Asked whole) {
    if (whole.deed().isRetouch()) {
      return List.of(whole);
    }
    List<String> wishes = wishes(whole.sentence());
    return wishes.size() == 1 ? List.of(whole) : wishes.stream().map(Asked::of).toList();
  }

  /**
   * The wishes of a sentence that asks for several, in its order; otherwise the sentence itself. It
   * is parted where both halves are known, ask for different things, and are heard in the whole
   * too, the more clearly the less they are wanted together: "make it dark, like at night" is one
   * wish.
   *
   * @throws UnusableSentenceException if the sentence cannot be read
   */
  public List<String> wishes(String sentence) {
    List<String> wishes = parted(tidy(sentence));
    return wishes.size() == 1 ? List.of(sentence) : wishes;
  }

  private List<String> parted(String sentence) {
    TextStates whole = encoder.encode(sentence);
    double best = HEARD;
    Optional<WishParts.Halves> parted = Optional.empty();
    List<WishParts.Halves> joints = WishParts.halves(sentence);
    for (WishParts.Halves halves : joints.subList(0, Math.min(MOST_JOINTS, joints.size()))) {
      double heard = heard(whole, halves);
      if (heard >= best) {
        best = heard;
        parted = Optional.of(halves);
      }
    }
    return parted
        .map(h -> Stream.of(h.left(), h.right()).flatMap(w -> parted(w).stream()).toList())
        .orElse(List.of(sentence));
  }

  /** How well the worse heard of two halves is heard in the whole; 0 if they are no two wishes. */
  private double heard(TextStates whole, WishParts.Halves halves) {
    boolean left = Asked.of(halves.left()).deed().isRetouch();
    boolean right = Asked.of(halves.right()).deed().isRetouch();
    return left || right
        ? Math.min(left ? 1 : alone(halves.left()), right ? 1 : alone(halves.right()))
        : both(whole, halves);
  }

  /** How well half a sentence is heard beside one that needs no understanding. */
  private double alone(String half) {
    try {
      return judge(half).known() ? 1 : 0;
    } catch (UnusableSentenceException e) {
      return 0;
    }
  }

  private double both(TextStates whole, WishParts.Halves halves) {
    try {
      Verdict left = judge(halves.left());
      Verdict right = judge(halves.right());
      if (!left.known() || !right.known() || Rivals.opposed(left.likest(), right.likest())) {
        return 0;
      }
      double heard = Math.min(score(whole, left.likest()), score(whole, right.likest()));
      return Rivals.none(left.likest(), right.likest()) || heard >= RIVALS_HEARD ? heard : 0;
    } catch (UnusableSentenceException e) {
      return 0;
    }
  }

  private Verdict judge(String half) {
    TextStates text = encoder.encode(Asked.of(half).wish());
    return heard(text, List.of(), List.of());
  }

  /** By the first that knows the task. */
  private double score(TextStates text, String task) {
    return Stream.concat(Stream.of(understanding), later.stream())
        .filter(one -> one.knows(task))
        .findFirst()
        .orElse(understanding)
        .score(text, task);
  }
}
