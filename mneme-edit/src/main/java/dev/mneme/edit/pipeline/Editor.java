package dev.mneme.edit.pipeline;

import dev.mneme.edit.base.EditorBase;
import dev.mneme.edit.base.Evidence;
import dev.mneme.edit.base.Glance;
import dev.mneme.edit.base.ModelException;
import dev.mneme.edit.base.Shown;
import dev.mneme.edit.base.ShownMix;
import dev.mneme.edit.base.ShownPaint;
import dev.mneme.edit.base.TextBatch;
import dev.mneme.edit.picture.Flaws;
import dev.mneme.edit.picture.Mask;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.picture.RasterImage;
import dev.mneme.edit.region.ObjectFinder;
import dev.mneme.edit.retouch.Retouch;
import dev.mneme.edit.task.EditTask;
import dev.mneme.edit.task.EditTasks;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.edit.text.Verdict;
import dev.mneme.edit.words.Asked;
import dev.mneme.edit.words.Deed;
import dev.mneme.memory.AdapterLayout;
import dev.mneme.memory.Adapters;
import dev.mneme.memory.Condition;
import dev.mneme.memory.Memory;
import dev.mneme.tensor.Autocast;
import dev.mneme.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Edits photographs by a sentence: a frozen base, and a memory that writes its weights for each
 * request.
 *
 * <p>Holds nothing of any request, so one editor serves many threads at once.
 */
public final class Editor implements AutoCloseable {
  /** The name that a memory goes by which reads example pairs, beside names of tasks. */
  public static final String SHOWN = "shown";

  /** Most example pairs of a request. */
  public static final int MOST_EXAMPLES = 4;

  /** Side of the middle of a photo in which noise and blur are looked for. */
  private static final int CLOSE = 256;

  private final EditorBase base;
  private final Memories memories;
  private final TextEncoder encoder;
  private final Precision precision;
  private final ModelDigests digests;
  private final StageClock clock;
  private final Optional<Hearing> hearing;
  private final ObjectFinder objects;

  Editor(Parts parts, TextEncoder encoder, Precision precision, StageClock clock) {
    this.base = parts.base();
    this.memories = parts.memories();
    this.digests = parts.digests();
    this.encoder = encoder;
    this.precision = precision;
    this.clock = clock;
    this.hearing = parts.hearing();
    this.objects = parts.objects();
  }

  record Parts(
      EditorBase base,
      Memories memories,
      ModelDigests digests,
      Optional<Hearing> hearing,
      ObjectFinder objects) {
    Parts(EditorBase base, Memory memory, ModelDigests digests) {
      this(base, Memories.of(memory), digests, Optional.empty(), ObjectFinder.NONE);
    }
  }

  /**
   * Opens the models of a folder.
   *
   * @param models holds {@code editor/} and {@code memory/}, and may hold {@code understanding/},
   *     {@code objects/} and, for tasks that arrived later, {@code memory-NAME/}; see {@link
   *     Memories}
   * @throws ModelException if a model is missing, corrupt, of another version, or the two do not
   *     fit
   */
  public static Editor open(Path models) throws IOException {
    return open(models, StageClock.NONE, Optional.empty());
  }

  /**
   * As {@link #open(Path)}.
   *
   * @param clock told how long each stage of every edit took; called by all threads that edit
   * @param first a sentence that will be asked for: its encoder is loaded, and it is read, while
   *     the models are
   */
  public static Editor open(Path models, StageClock clock, Optional<String> first)
      throws IOException {
    return Opening.open(models, clock, first);
  }

  /** The frozen base. */
  public EditorBase base() {
    return base;
  }

  /** What writes the base's weights for whatever no other memory is for. */
  public Memory memory() {
    return memories.first();
  }

  /** Where adapters of this editor go. */
  public AdapterLayout layout() {
    return base.layout();
  }

  /** First 12 digits of the SHA-256 of the base's weights. */
  public String editorDigest() {
    return digests.editor();
  }

  /**
   * First 12 digits of the SHA-256 of the memory's weights; of several, all with + between them.
   */
  public String memoryDigest() {
    return digests.memory();
  }

  TextStates encode(String sentence) {
    return encoder.encode(sentence);
  }

  /**
   * Whether a sentence asks for something this editor knows. Nothing is refused by it: {@link
   * #recall} tries any sentence.
   *
   * @return nothing if the models came without an {@code understanding}
   * @throws UnusableSentenceException if the sentence cannot be read
   */
  public Optional<Verdict> understand(String sentence) {
    return hearing.map(h -> h.of(sentence));
  }

  /**
   * Edits a picture as a sentence says, as strongly and where it says: {@link #recall} and {@link
   * #apply} of what {@link Asked} reads in it, once for each of its wishes ({@link #inTurn}).
   *
   * @param strength of the sentence without its intensity, in [0, 2]
   * @throws UnusableSentenceException if the sentence cannot be read
   * @throws dev.mneme.edit.region.PlaceNotFoundException if the picture does not show the place
   *     that the sentence names
   */
  public RasterImage edit(
      RasterImage photo, String sentence, double strength, TileProgress progress) {
    RasterImage edited = photo;
    for (Asked wish : inTurn(asked(sentence))) {
      Amount amount = new Amount(wish.strength(strength), place(photo, wish));
      if (wish.deed().isRetouch()) {
        edited = retouch(edited, wish, amount);
        continue;
      }
      try (Operator operator = recall(edited, wish.wish())) {
        edited = apply(edited, operator, amount, progress);
      }
    }
    return edited;
  }

  /**
   * Where in a picture a wish is meant; everywhere if it names no place. A thing that goes takes
   * its rim with it.
   *
   * @throws dev.mneme.edit.region.PlaceNotFoundException if the picture does not show the place
   */
  public Optional<Mask> place(RasterImage photo, Asked wish) {
    Optional<Mask> found = wish.place().map(region -> region.in(photo, objects));
    return wish.deed() instanceof Deed.Remove ? found.map(Mask::grown) : found;
  }

  /**
   * Does a wish for which no weights are written: another colour, or away with it.
   *
   * @param amount with a mask of what it is done to
   * @throws IllegalArgumentException if the wish is the memory's, or the amount says no place
   */
  public RasterImage retouch(RasterImage photo, Asked wish, Amount amount) {
    Mask where =
        amount
            .mask()
            .orElseThrow(() -> new IllegalArgumentException("Expected a place, found none"));
    requireFit(where, photo);
    return Retouch.of(photo, wish.deed(), where, amount.strength());
  }

  /**
   * What a sentence asks for, how strongly and where: as {@link Asked#of}, but for politeness and
   * words that were mistyped.
   */
  public Asked asked(String sentence) {
    return hearing.map(h -> h.asked(sentence)).orElseGet(() -> Asked.of(sentence));
  }

  /**
   * What a sentence asks for, to be done in turn: its wishes if it has several, else all of it.
   * Each wish then meets the picture that those before it left, and weights that were written for
   * it alone.
   *
   * @throws UnusableSentenceException if the sentence cannot be read
   */
  public List<Asked> inTurn(Asked asked) {
    return hearing.map(h -> h.inTurn(asked)).orElse(List.of(asked));
  }

  /**
   * Looks at a picture and a sentence once and writes the weights for this request. The sentence is
   * taken as it is: {@link Asked} parts it from its intensity and place. Where the {@code
   * understanding} knows how one wish is said more plainly, that is read instead; where it says
   * that the base does by itself what is asked, nothing is written.
   *
   * @throws UnusableSentenceException if the sentence cannot be read
   */
  public Operator recall(RasterImage photo, String sentence) {
    Picture seen = reduced(photo);
    Read read = clock.time(Stage.SENTENCE, () -> read(sentence, () -> flaws(photo, seen)));
    Picture whole = seen.below(read.wishes().ceiling());
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        Autocast autocast = Autocast.on(precision)) {
      Glance glance = glance(whole, read.wishes().text(), List.of());
      Adapters adapters = clock.time(Stage.RECALL, () -> recall(read, glance.condition()));
      Tensor context = glance.context();
      context.retainReference();
      return new Operator(
          read.wishes(), adapters.retain(), Optional.of(new Seen(this, whole, context)));
    }
  }

  private Adapters recall(Read read, Condition condition) {
    return read.heard()
        .map(heard -> memories.recall(heard, condition))
        .orElseGet(() -> memories.first().recall(condition));
  }

  /** A sentence as it was heard, and what is read in its place. */
  private record Read(Optional<Verdict> heard, Wishes wishes) {}

  private Read read(String sentence, Supplier<Flaws> seen) {
    Optional<Verdict> heard = hearing.map(h -> h.of(sentence, seen));
    String said = heard.map(h -> h.said(sentence)).orElse(sentence);
    return new Read(heard, Wishes.one(sentence, said, encode(said), ceiling(heard)));
  }

  /** Of what is read in the plain words of a task, that task's. */
  private static double ceiling(Optional<Verdict> heard) {
    return heard
        .filter(h -> !h.plain().isEmpty())
        .flatMap(h -> EditTasks.find(h.likest()))
        .map(EditTask::ceiling)
        .orElse(1.0);
  }

  /**
   * The operator that example pairs show, for any photo, written in closed form: {@link
   * ShownPaint}. Where a memory was put beside the first that reads pairs ({@link #SHOWN}), {@link
   * ShownMix} and what that memory adds to it, which reads the same {@link Evidence} and sees the
   * first pair's picture.
   *
   * @param examples 1 to {@value #MOST_EXAMPLES}
   * @throws IllegalArgumentException if there are none, or more
   */
  public Operator shown(List<ExamplePair> examples) {
    if (examples.isEmpty() || examples.size() > MOST_EXAMPLES) {
      throw new IllegalArgumentException(
          "Expected 1 to %d example pairs, found %d".formatted(MOST_EXAMPLES, examples.size()));
    }
    int tile = base.config().tile();
    List<Shown> parts = examples.stream().flatMap(e -> e.parts(tile).stream()).toList();
    Wishes wishes = Wishes.one(Shown.SENTENCE, encode(Shown.SENTENCE));
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        Autocast autocast = Autocast.on(precision)) {
      Adapters written =
          memories.others().containsKey(SHOWN)
              ? read(memories.others().get(SHOWN), examples.get(0), wishes.text(), parts)
              : ShownPaint.write(base, wishes.text(), parts);
      return new Operator(wishes, written.retain(), Optional.empty());
    }
  }

  private Adapters read(Memory reader, ExamplePair first, TextBatch text, List<Shown> parts) {
    List<Optional<Evidence>> shown = List.of(Optional.of(Evidence.of(base, parts)));
    Glance glance = glance(reduced(first.before()), text, shown);
    return clock
        .time(Stage.RECALL, () -> reader.recall(glance.condition()))
        .plus(ShownMix.write(base, shown));
  }

  /**
   * The operator that gives a photo the look of another picture, of which there is no "before":
   * {@link #shown} of the photo with the other's colours ({@link ReferenceLook}).
   *
   * @param reference of any size, of anything
   */
  public Operator like(RasterImage photo, RasterImage reference) {
    return shown(List.of(ReferenceLook.pair(photo, reference)));
  }

  /** As {@link #apply(RasterImage, Operator, Amount, TileProgress)}, everywhere alike. */
  public RasterImage apply(
      RasterImage photo, Operator operator, double strength, TileProgress progress) {
    return apply(photo, operator, Amount.of(strength), progress);
  }

  /**
   * Runs an operator over a picture of any size. The picture it was recalled for is not glanced at
   * again; any other is.
   *
   * @param photo unchanged; alpha is kept
   * @param amount how much of the edit, and where; pixels outside its mask stay as they are
   * @return a new picture of the same size
   * @throws IllegalArgumentException if the mask is not as large as the photo
   */
  public RasterImage apply(
      RasterImage photo, Operator operator, Amount amount, TileProgress progress) {
    amount.mask().ifPresent(mask -> requireFit(mask, photo));
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard();
        Autocast autocast = Autocast.on(precision)) {
      TextBatch text = operator.wishes().text();
      double ceiling = operator.wishes().ceiling();
      Picture whole = reduced(photo).below(ceiling);
      Tensor context =
          operator.context(this, whole).orElseGet(() -> glance(whole, text, List.of()).context());
      EditorBase rewritten =
          clock.time(Stage.MERGE, () -> base.with(operator.adapters()).in(precision));
      return clock.time(
          Stage.STROKE,
          () ->
              new Stroke(rewritten, text.trimmed(), context, ceiling, precision)
                  .over(photo, amount, progress));
    }
  }

  private static void requireFit(Mask mask, RasterImage photo) {
    if (!mask.fits(photo)) {
      throw new IllegalArgumentException(
          "Expected a mask of the photo's size %d x %d, found %d x %d"
              .formatted(photo.width(), photo.height(), mask.width(), mask.height()));
    }
  }

  /** What a photo shows of flaws: haze in the whole, noise and blur in its middle. */
  private static Flaws flaws(RasterImage photo, Picture whole) {
    int w = Math.min(photo.width(), CLOSE);
    int h = Math.min(photo.height(), CLOSE);
    int x = (photo.width() - w) / 2;
    int y = (photo.height() - h) / 2;
    return Flaws.of(whole, photo.toPicture(x, y, w, h, w, h));
  }

  private Picture reduced(RasterImage photo) {
    int tile = base.config().tile();
    return clock.time(
        Stage.REDUCE, () -> photo.toPicture(0, 0, photo.width(), photo.height(), tile, tile));
  }

  /** What the base sees of a reduced picture; tensors belong to the current scope. */
  private Glance glance(Picture whole, TextBatch text, List<Optional<Evidence>> shown) {
    return clock.time(
        Stage.GLANCE,
        () -> {
          Tensor picture = torch.tensor(whole.rgb()).view(1, 3, whole.height(), whole.width());
          return Glance.take(base, picture, text, shown);
        });
  }

  @Override
  public void close() {
    encoder.close();
  }
}
