/** The product's mark: three frames of a strip of film, filled as shards are, between two rows of perforation. */
export function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 26 26" aria-hidden="true" focusable="false">
      <g fill="var(--k-line-strong)">
        {[1, 7.7, 14.3, 21].map((x) => (
          <g key={x}>
            <rect x={x} y="1" width="4" height="3" rx="0.8" />
            <rect x={x} y="22" width="4" height="3" rx="0.8" />
          </g>
        ))}
      </g>
      <rect x="0.5" y="14" width="7.5" height="6" fill="var(--k-use-2)" />
      <rect x="9.25" y="6" width="7.5" height="14" fill="var(--k-use-6)" />
      <rect x="18" y="10" width="7.5" height="10" fill="var(--k-use-5)" />
    </svg>
  );
}
