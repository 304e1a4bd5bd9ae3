/** A base that is no image model, adapted to users: {@link dev.mneme.example.minilm.Sorting}. */
package dev.mneme.example.minilm;
