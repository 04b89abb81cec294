;; Kernels of the vector search, over one memory that holds rows, signs, query and results.
;; `node scripts/make-vector-kernel.mjs` turns this into vector-kernel-binary.ts.
(module
  (import "hopwise" "memory" (memory 1))

  ;; Dot product of the int8 row at $row with the int16 query; $dims is a multiple of 8.
  (func $dot (param $row i32) (param $dims i32) (param $query i32) (result i32)
    (local $sum v128) (local $end i32)
    (local.set $end (i32.add (local.get $row) (local.get $dims)))
    (loop $next
      (local.set $sum (i32x4.add (local.get $sum)
        (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $row)) (v128.load (local.get $query)))))
      (local.set $row (i32.add (local.get $row) (i32.const 8)))
      (local.set $query (i32.add (local.get $query) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $row) (local.get $end))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
      (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))

  ;; Dot products of $count > 0 rows that follow each other, to int32s at $out.
  (func (export "scan") (param $rows i32) (param $count i32) (param $dims i32) (param $query i32) (param $out i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (i32.store (local.get $out) (call $dot (local.get $rows) (local.get $dims) (local.get $query)))
      (local.set $rows (i32.add (local.get $rows) (local.get $dims)))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $out) (local.get $end)))))

  ;; Dot products of the $count > 0 rows numbered at $ids, to int32s in the place of the numbers.
  (func (export "pick") (param $rows i32) (param $ids i32) (param $count i32) (param $dims i32) (param $query i32) (param $out i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (i32.store (local.get $out)
        (call $dot
          (i32.add (local.get $rows) (i32.mul (i32.load (local.get $ids)) (local.get $dims)))
          (local.get $dims) (local.get $query)))
      (local.set $ids (i32.add (local.get $ids) (i32.const 4)))
      (local.set $out (i32.add (local.get $out) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $out) (local.get $end)))))

  ;; Differing bits of sixteen rows: $signs holds byte 0 of each, then byte 1 of each ...; so does $query, of one row.
  (func $differing (param $signs i32) (param $bytes i32) (param $query i32) (result v128)
    (local $sum v128) (local $end i32)
    (local.set $end (i32.add (local.get $signs) (i32.shl (local.get $bytes) (i32.const 4))))
    (loop $next
      (local.set $sum (i8x16.add (local.get $sum)
        (i8x16.popcnt (v128.xor (v128.load (local.get $signs)) (v128.load (local.get $query))))))
      (local.set $signs (i32.add (local.get $signs) (i32.const 16)))
      (local.set $query (i32.add (local.get $query) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $signs) (local.get $end))))
    (local.get $sum))

  ;; Differing bits of every $step-th of $blocks blocks of sixteen rows, a byte a row, to $out; returns the end of what it wrote.
  (func (export "sample") (param $signs i32) (param $blocks i32) (param $step i32) (param $bytes i32) (param $query i32) (param $out i32) (result i32)
    (local $at i32)
    (loop $next
      (v128.store (local.get $out)
        (call $differing
          (i32.add (local.get $signs) (i32.shl (i32.mul (local.get $at) (local.get $bytes)) (i32.const 4)))
          (local.get $bytes) (local.get $query)))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (local.set $at (i32.add (local.get $at) (local.get $step)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $blocks))))
    (local.get $out))

  ;; Numbers of the rows of $blocks > 0 blocks with at most $cut differing bits, to $out; returns the end of what it wrote.
  (func (export "select") (param $signs i32) (param $blocks i32) (param $bytes i32) (param $query i32) (param $cut i32) (param $out i32) (result i32)
    (local $block i32) (local $mask i32) (local $cuts v128)
    (local.set $cuts (i8x16.splat (local.get $cut)))
    (loop $next
      (local.set $mask (i8x16.bitmask (i8x16.le_u
        (call $differing (local.get $signs) (local.get $bytes) (local.get $query)) (local.get $cuts))))
      (block $done
        (loop $bit
          (br_if $done (i32.eqz (local.get $mask)))
          (i32.store (local.get $out) (i32.add (i32.shl (local.get $block) (i32.const 4)) (i32.ctz (local.get $mask))))
          (local.set $out (i32.add (local.get $out) (i32.const 4)))
          (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
          (br $bit)))
      (local.set $signs (i32.add (local.get $signs) (i32.shl (local.get $bytes) (i32.const 4))))
      (local.set $block (i32.add (local.get $block) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $block) (local.get $blocks))))
    (local.get $out)))
