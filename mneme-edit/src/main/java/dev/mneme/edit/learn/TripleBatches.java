package dev.mneme.edit.learn;

import dev.mneme.edit.corpus.Triple;
import dev.mneme.edit.picture.Picture;
import dev.mneme.edit.task.EditPair;
import dev.mneme.edit.text.TextEncoder;
import dev.mneme.edit.text.TextStates;
import dev.mneme.edit.text.UnusableSentenceException;
import dev.mneme.learn.BatchSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Makes batches from triples; step and seed decide everything. Triples come round in shuffled
 * cycles. As with {@link EditBatches}, two batches of three show pictures that fit one tile, the
 * third shows one tile of a larger picture.
 */
public final class TripleBatches implements BatchSource<EditBatch> {
  private static final int LARGEST = 256;

  private final List<Triple> triples;
  private final Map<String, TextStates> sentences = new LinkedHashMap<>();
  private final boolean jitter;
  private final int tile;
  private final int size;
  private final long seed;

  /**
   * @param triples drawn from evenly
   * @param encoder reads every sentence once, here
   * @param wording {@link Wording#TRAIN} blurs what the encoder says, all others leave it
   * @param tile side of a tile
   * @param size examples a batch
   * @param seed another seed, other windows and order
   * @throws UnusableSentenceException if a sentence cannot be read; the message names its line
   */
  public TripleBatches(
      List<Triple> triples, TextEncoder encoder, Wording wording, int tile, int size, long seed) {
    if (triples.isEmpty() || size < 1) {
      throw new IllegalArgumentException(
          "Batches need triples and a size of at least 1; found %d and %d"
              .formatted(triples.size(), size));
    }
    this.triples = List.copyOf(triples);
    this.jitter = wording == Wording.TRAIN;
    this.tile = tile;
    this.size = size;
    this.seed = seed;
    for (Triple triple : triples) {
      sentences.computeIfAbsent(triple.sentence(), s -> encode(encoder, triple));
    }
  }

  private static TextStates encode(TextEncoder encoder, Triple triple) {
    try {
      return encoder.encode(triple.sentence());
    } catch (UnusableSentenceException e) {
      throw new UnusableSentenceException(e.kind(), triple.origin() + ": " + e.getMessage());
    }
  }

  @Override
  public EditBatch batch(long step) {
    boolean whole = step % 3 != 0;
    List<EditExample> examples = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long index = step * size + i;
      examples.add(make(triple(index), new Random(EditBatches.mix(seed, index)), whole));
    }
    return new EditBatch(examples, whole);
  }

  private Triple triple(long index) {
    List<Triple> order = new ArrayList<>(triples);
    Collections.shuffle(order, new Random(EditBatches.mix(seed, -1 - index / triples.size())));
    return order.get((int) (index % triples.size()));
  }

  private EditExample make(Triple triple, RandomGenerator random, boolean whole) {
    int width = whole ? tile : side(random);
    int height = whole ? tile : side(random);
    Window window = Window.draw(triple.before(), width, height, random);
    Picture before = window.of(triple.before());
    Picture after = window.of(triple.after());
    ExampleMaker.Cut cut = ExampleMaker.Cut.draw(width, height, tile, random);
    TextStates text = sentences.get(triple.sentence());
    return new EditExample(
        triple.task(),
        triple.sentence(),
        jitter ? TextJitter.of(text, random) : text,
        cut.glance(before),
        cut.of(new EditPair(before, after)),
        cut.place(width, height));
  }

  private int side(RandomGenerator random) {
    int spare = Math.max(0, (LARGEST - tile) / ExampleMaker.ALIGN);
    return ExampleMaker.ALIGN * (tile / ExampleMaker.ALIGN + random.nextInt(spare + 1));
  }
}
