;; Hamming distances of rows of signs to a query's: xor and count of bits, eight bytes at once.
(module
  (memory (import "hopwise" "memory") 1)
  ;; Writes the distance of each of `count` rows (at least one) as 16 bits to `out`. A row has `words` times eight bytes.
  (func (export "distances") (param $signs i32) (param $count i32) (param $words i32) (param $query i32) (param $out i32)
    (local $end i32) (local $at i32) (local $stop i32) (local $sum i64)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 1))))
    (local.set $stop (i32.add (local.get $query) (i32.shl (local.get $words) (i32.const 3))))
    (loop $row
      (local.set $sum (i64.const 0))
      (local.set $at (local.get $query))
      (loop $word
        (local.set $sum (i64.add (local.get $sum)
          (i64.popcnt (i64.xor (i64.load (local.get $signs)) (i64.load (local.get $at))))))
        (local.set $signs (i32.add (local.get $signs) (i32.const 8)))
        (local.set $at (i32.add (local.get $at) (i32.const 8)))
        (br_if $word (i32.lt_u (local.get $at) (local.get $stop))))
      (i64.store16 (local.get $out) (local.get $sum))
      (local.set $out (i32.add (local.get $out) (i32.const 2)))
      (br_if $row (i32.lt_u (local.get $out) (local.get $end))))))
