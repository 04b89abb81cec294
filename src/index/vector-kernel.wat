;; Kernels of the vector search, over one memory that holds rows, signs, queries and results.
;; `node scripts/make-vector-kernel.mjs` turns this into vector-kernel-binary.ts.
(module
  (import "hopwise" "memory" (memory 1))

  ;; Dot product of the int8 components [$row, $end) with the int16 query; their number is a multiple of 32, and positive.
  (func $dot (param $row i32) (param $end i32) (param $query i32) (result i32)
    (local $even v128) (local $odd v128)
    (loop $next
      (local.set $even (i32x4.add (local.get $even)
        (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row)) (v128.load (local.get $query)))))
      (local.set $odd (i32x4.add (local.get $odd)
        (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $row)) (v128.load offset=16 (local.get $query)))))
      (local.set $even (i32x4.add (local.get $even)
        (i32x4.dot_i16x8_s (v128.load8x8_s offset=16 (local.get $row)) (v128.load offset=32 (local.get $query)))))
      (local.set $odd (i32x4.add (local.get $odd)
        (i32x4.dot_i16x8_s (v128.load8x8_s offset=24 (local.get $row)) (v128.load offset=48 (local.get $query)))))
      (local.set $row (i32.add (local.get $row) (i32.const 32)))
      (local.set $query (i32.add (local.get $query) (i32.const 64)))
      (br_if $next (i32.lt_u (local.get $row) (local.get $end))))
    (local.set $even (i32x4.add (local.get $even) (local.get $odd)))
    (local.set $even (i32x4.add (local.get $even)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $even) (local.get $even))))
    (i32.add (i32x4.extract_lane 0 (local.get $even)) (i32x4.extract_lane 1 (local.get $even))))

  ;; Dot products of $count > 0 rows that follow each other, to int32s at $out.
  (func (export "scan") (param $row i32) (param $count i32) (param $dims i32) (param $query i32) (param $out i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (i32.store (local.get $out)
        (call $dot (local.get $row) (i32.add (local.get $row) (local.get $dims)) (local.get $query)))
      (local.set $row (i32.add (local.get $row) (local.get $dims)))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $out) (local.get $end)))))

  ;; Of $count > 0 rows (those numbered at $ids, or from number $first on where $ids is 0) the ones whose score is at
  ;; least $least: score as a double and number as an int32, 16 bytes each, to $out; returns the end of what it wrote.
  ;; A score is dot product * $unit * the row's scale, a float at $scales.
  (func (export "above") (param $ids i32) (param $first i32) (param $count i32) (param $dims i32) (param $query i32)
    (param $scales i32) (param $unit f64) (param $least f64) (param $out i32) (result i32)
    (local $id i32) (local $row i32) (local $score f64)
    (local.set $id (local.get $first))
    (loop $next
      (if (local.get $ids) (then
        (local.set $id (i32.load (local.get $ids)))
        (local.set $ids (i32.add (local.get $ids) (i32.const 4)))))
      (local.set $row (i32.mul (local.get $id) (local.get $dims)))
      (local.set $score
        (f64.mul
          (f64.mul
            (f64.convert_i32_s (call $dot (local.get $row) (i32.add (local.get $row) (local.get $dims)) (local.get $query)))
            (local.get $unit))
          (f64.promote_f32 (f32.load (i32.add (local.get $scales) (i32.shl (local.get $id) (i32.const 2)))))))
      (if (f64.ge (local.get $score) (local.get $least)) (then
        (f64.store (local.get $out) (local.get $score))
        (i32.store offset=8 (local.get $out) (local.get $id))
        (local.set $out (i32.add (local.get $out) (i32.const 16)))))
      (local.set $id (i32.add (local.get $id) (i32.const 1)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (local.get $count)))
    (local.get $out))

  ;; Reads a byte of each cache line that the $count > 0 rows numbered at $ids and their scales lie in, so that the memory
  ;; fetches many of them at once; the sum of what it read keeps the reads from being left out.
  (func (export "touch") (param $ids i32) (param $count i32) (param $dims i32) (param $scales i32) (result i32)
    (local $id i32) (local $at i32) (local $end i32) (local $sum i32)
    (loop $next
      (local.set $id (i32.load (local.get $ids)))
      (local.set $ids (i32.add (local.get $ids) (i32.const 4)))
      (local.set $at (i32.mul (local.get $id) (local.get $dims)))
      (local.set $end (i32.add (local.get $at) (local.get $dims)))
      (local.set $sum (i32.add (local.get $sum)
        (i32.load8_u (i32.add (local.get $scales) (i32.shl (local.get $id) (i32.const 2))))))
      (loop $line
        (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br_if $line (i32.lt_u (local.get $at) (local.get $end))))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (local.get $count)))
    (local.get $sum))

  ;; Counts the $count > 0 rows of signs by their differing bits, in int32s at $out.
  (func (export "histogram") (param $signs i32) (param $count i32) (param $query i32) (param $out i32)
    (local $low i64) (local $high i64) (local $end i32) (local $cell i32)
    (local.set $low (i64.load (local.get $query)))
    (local.set $high (i64.load offset=8 (local.get $query)))
    (local.set $end (i32.add (local.get $signs) (i32.shl (local.get $count) (i32.const 4))))
    (loop $next
      (local.set $cell (i32.add (local.get $out)
        (i32.shl
          (i32.wrap_i64 (i64.add
            (i64.popcnt (i64.xor (i64.load (local.get $signs)) (local.get $low)))
            (i64.popcnt (i64.xor (i64.load offset=8 (local.get $signs)) (local.get $high)))))
          (i32.const 2))))
      (i32.store (local.get $cell) (i32.add (i32.load (local.get $cell)) (i32.const 1)))
      (local.set $signs (i32.add (local.get $signs) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $signs) (local.get $end)))))

  ;; Numbers of those of rows [$row, $end) of $signs, one or more and a multiple of four, that have at most $cut differing
  ;; bits, to $out; returns the end of what it wrote. Few rows have, so that the branches are guessed well.
  (func (export "select") (param $signs i32) (param $row i32) (param $end i32) (param $query i32) (param $cut i32)
    (param $out i32) (result i32)
    (local $low i64) (local $high i64) (local $cuts i64)
    (local.set $cuts (i64.extend_i32_u (local.get $cut)))
    (local.set $low (i64.load (local.get $query)))
    (local.set $high (i64.load offset=8 (local.get $query)))
    (local.set $signs (i32.add (local.get $signs) (i32.shl (local.get $row) (i32.const 4))))
    (loop $next
      (if (i64.le_u
          (i64.add
            (i64.popcnt (i64.xor (i64.load (local.get $signs)) (local.get $low)))
            (i64.popcnt (i64.xor (i64.load offset=8 (local.get $signs)) (local.get $high))))
          (local.get $cuts)) (then
        (i32.store (local.get $out) (local.get $row))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))))
      (if (i64.le_u
          (i64.add
            (i64.popcnt (i64.xor (i64.load offset=16 (local.get $signs)) (local.get $low)))
            (i64.popcnt (i64.xor (i64.load offset=24 (local.get $signs)) (local.get $high))))
          (local.get $cuts)) (then
        (i32.store (local.get $out) (i32.add (local.get $row) (i32.const 1)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))))
      (if (i64.le_u
          (i64.add
            (i64.popcnt (i64.xor (i64.load offset=32 (local.get $signs)) (local.get $low)))
            (i64.popcnt (i64.xor (i64.load offset=40 (local.get $signs)) (local.get $high))))
          (local.get $cuts)) (then
        (i32.store (local.get $out) (i32.add (local.get $row) (i32.const 2)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))))
      (if (i64.le_u
          (i64.add
            (i64.popcnt (i64.xor (i64.load offset=48 (local.get $signs)) (local.get $low)))
            (i64.popcnt (i64.xor (i64.load offset=56 (local.get $signs)) (local.get $high))))
          (local.get $cuts)) (then
        (i32.store (local.get $out) (i32.add (local.get $row) (i32.const 3)))
        (local.set $out (i32.add (local.get $out) (i32.const 4)))))
      (local.set $signs (i32.add (local.get $signs) (i32.const 64)))
      (local.set $row (i32.add (local.get $row) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $row) (local.get $end))))
    (local.get $out)))
